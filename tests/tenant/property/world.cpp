// SPDX-License-Identifier: GPL-3.0-or-later
#include "property/world.h"

#include <algorithm>

namespace property
{

namespace
{

using tenant::Scoping;

const QString key = QStringLiteral("organization_id");

/// Makes a world table by table.
class Builder
{
public:
    explicit Builder(Random &random)
        : m_random(random)
    {
    }

    World run()
    {
        m_tenantType = m_random.word({"integer", "uuid", "text"});
        m_world.usesSearchPath = m_random.chance(50);
        m_world.rows.resize(World::tenants + 1);
        for (int i = 0; i <= World::tenants; ++i)
            m_world.ids << tenantId(i);
        addRoot();
        add(QStringLiteral("countries"), Scoping::Global);
        add(QStringLiteral("plans"), Scoping::Global);
        const int direct = 2 + m_random.below(3);
        for (int i = 0; i < direct; ++i)
            add(QStringLiteral("d%1").arg(i), Scoping::Direct);
        const int paths = 2 + m_random.below(3);
        for (int i = 0; i < paths; ++i)
            add(QStringLiteral("p%1").arg(i), Scoping::ByPath);
        // One name in two schemas: which is meant depends on the search path.
        add(QStringLiteral("twice"), Scoping::Global, QString());
        add(QStringLiteral("twice"), Scoping::Direct, QStringLiteral("app"));
        addBehind();
        return std::move(m_world);
    }

private:
    QString tenantId(int number) const
    {
        if (m_tenantType == QLatin1String("uuid"))
            return QStringLiteral("00000000-0000-4000-8000-00000000000%1").arg(number);
        return m_tenantType == QLatin1String("text") ? QStringLiteral("org%1").arg(number)
                                                     : QString::number(100 + number);
    }

    static QByteArray quoted(const QString &text) { return "'" + text.toUtf8() + "'"; }

    void addRoot()
    {
        m_world.schema += "CREATE SCHEMA app;\nCREATE TABLE organizations (id " +
                          m_tenantType.toUtf8() + " PRIMARY KEY, name text NOT NULL);\n";
        for (int i = 1; i <= World::tenants; ++i)
            m_world.rows[i] += "INSERT INTO public.organizations VALUES (" +
                               quoted(m_world.ids.at(i)) + ", 'T" + QByteArray::number(i) +
                               "-name');\n";
        m_world.tables << Table{
            {{}, QStringLiteral("organizations")},
            Scoping::Direct,
            {{QStringLiteral("id"), Type::Tenant}, {QStringLiteral("name"), Type::Text}},
            {QStringLiteral("id")}};
        m_counts << 1;
    }

    void add(const QString &name, Scoping scoping)
    {
        add(name, scoping, m_random.chance(30) ? QStringLiteral("app") : QString());
    }

    void add(const QString &name, Scoping scoping, const QString &schemaName)
    {
        Table table{{schemaName, name}, scoping};
        QByteArray lines;
        const auto column = [&](const char *columnName, Type type, const QByteArray &definition) {
            table.columns << Column{QString::fromLatin1(columnName), type};
            lines += (lines.isEmpty() ? "  " : ",\n  ") + QByteArray(columnName) + ' ' + definition;
        };
        column("id", Type::Integer, "integer NOT NULL");
        const bool isComposite = m_random.chance(30);
        if (isComposite)
            column("part", Type::Text, "text NOT NULL");
        table.key = isComposite ? QStringList{QStringLiteral("id"), QStringLiteral("part")}
                                : QStringList{QStringLiteral("id")};
        if (scoping == Scoping::Direct)
            column("organization_id", Type::Tenant,
                   m_tenantType.toUtf8() + " REFERENCES public.organizations");
        table.isShared = scoping == Scoping::Direct && m_random.chance(35);
        if (scoping == Scoping::ByPath) {
            addParent(table, lines);
            table.isShared = table.second < 0 && m_world.tables.at(table.parent).isShared;
        }
        if (scoping == Scoping::Direct)
            addReference(table, lines);
        column("name", Type::Text, "text");
        column("code", Type::Text, "text NOT NULL");
        column("n", Type::Integer, "integer");
        column("amount", Type::Number, "numeric(12,2)");
        if (m_random.chance(60))
            column("flag", Type::Boolean, "boolean");
        if (m_random.chance(60))
            column("at", Type::Time, "timestamp");
        if (m_random.chance(60))
            column("doc", Type::Json, "jsonb");
        if (m_random.chance(60))
            column("tags", Type::Tags, "text[]");
        m_world.schema += "CREATE TABLE " + table.sql().toUtf8() + " (\n" + lines +
                          ",\n  PRIMARY KEY (" + table.key.join(QStringLiteral(", ")).toUtf8() +
                          "))";
        if (m_random.chance(25))
            addParts(table);
        m_world.schema += ";\n";
        m_world.tables << table;
        m_counts << 3 + m_random.below(6);
        addRows(int(m_world.tables.size()) - 1);
    }

    void addParts(Table &table)
    {
        m_world.schema += " PARTITION BY RANGE (id)";
        const QByteArray bounds[]{"(MINVALUE) TO (25)", "(25) TO (MAXVALUE)"};
        for (const QByteArray &bound : bounds) {
            // Of two tables of one name both may have theirs in the same schema.
            const Table part{{m_random.chance(50) ? QStringLiteral("app") : QString(),
                              QStringLiteral("%1%2_part%3")
                                  .arg(table.name.schema, table.name.name,
                                       QString::number(table.parts.size()))}};
            m_world.schema += ";\nCREATE TABLE " + part.sql().toUtf8() + " PARTITION OF " +
                              table.sql().toUtf8() + " FOR VALUES FROM " + bound;
            table.parts << part.name;
        }
    }

    void addParent(Table &table, QByteArray &lines)
    {
        QList<int> parents;
        for (int i = 1; i < m_world.tables.size(); ++i) {
            if (m_world.tables.at(i).scoping != Scoping::Global)
                parents << i;
        }
        // Mostly the last one, for long paths.
        table.parent = m_random.chance(60) ? parents.last() : m_random.of(parents);
        const Table &parent = m_world.tables.at(table.parent);
        QStringList names;
        for (const QString &part : parent.key) {
            const QString name = QStringLiteral("up_") + part;
            const bool isText = part == QLatin1String("part");
            names << name;
            table.columns << Column{name, isText ? Type::Text : Type::Integer};
            lines += ",\n  " + name.toUtf8() + (isText ? " text NOT NULL" : " integer NOT NULL");
        }
        lines += ",\n  FOREIGN KEY (" + names.join(QStringLiteral(", ")).toUtf8() +
                 ") REFERENCES " + parent.sql().toUtf8() +
                 (m_random.chance(60) ? " ON DELETE CASCADE ON UPDATE CASCADE" : "");
        for (const int i : std::as_const(parents)) {
            if (m_world.tables.at(i).key.size() > 1 || i == table.parent || !m_random.chance(40))
                continue;
            table.second = i;
            table.columns << Column{QStringLiteral("also"), Type::Integer};
            lines += ",\n  also integer REFERENCES " + m_world.tables.at(i).sql().toUtf8();
            return;
        }
    }

    QByteArray action()
    {
        return m_random.word({"CASCADE", "CASCADE", "SET NULL", "NO ACTION", "RESTRICT"}).toUtf8();
    }

    /// A foreign key to another direct table that has nothing to do with whose row it is.
    void addReference(Table &table, QByteArray &lines)
    {
        for (int i = 1; i < m_world.tables.size() && m_random.chance(70); ++i) {
            const Table &target = m_world.tables.at(i);
            if (target.scoping != Scoping::Direct || target.key.size() > 1)
                continue;
            table.referred = i;
            table.columns << Column{QStringLiteral("ref"), Type::Integer};
            lines += ",\n  ref integer";
            m_world.behind += "ALTER TABLE " + table.sql().toUtf8() +
                              " ADD FOREIGN KEY (ref) REFERENCES " + target.sql().toUtf8() +
                              " ON DELETE " + action() + " ON UPDATE " + action() + ";\n";
            return;
        }
    }

    void addRows(int index)
    {
        const Table &table = m_world.tables.at(index);
        if (table.scoping == Scoping::Global) {
            for (int row = 0; row < m_counts.at(index); ++row)
                m_world.shared += insert(table, row, 9);
            return;
        }
        for (int owner = 0; owner <= World::tenants; ++owner) {
            QByteArray &rows = owner == 0 && table.isShared ? m_world.shown : m_world.rows[owner];
            for (int row = 0; row < m_counts.at(index); ++row)
                rows += insert(table, row, owner);
        }
    }

    QByteArray insert(const Table &table, int row, int owner)
    {
        QByteArray values;
        for (const Column &column : table.columns)
            values += (values.isEmpty() ? "" : ", ") + value(table, column, row, owner);
        return "INSERT INTO " + table.sql().toUtf8() + " VALUES (" + values + ");\n";
    }

    static QByteArray markOf(const Table &table, int owner)
    {
        return owner == 0 && table.isShared ? QByteArray("S-")
                                            : "T" + QByteArray::number(owner) + "-";
    }

    /// What is not by chance: keys, and what points at rows.
    QByteArray keyValue(const Table &table, const Column &column, int row, int owner) const
    {
        const QByteArray number = QByteArray::number(row * 10 + owner);
        const QByteArray mark = markOf(table, owner);
        if (column.name == QLatin1String("id"))
            return number;
        if (column.name == QLatin1String("part"))
            return partOf(row);
        if (column.name.startsWith(QLatin1String("up_"))) {
            const int parentRow = row % m_counts.at(table.parent);
            return column.type == Type::Text
                       ? partOf(parentRow)
                       : QByteArray::number(parentRow * 10 + (table.second < 0 ? owner
                                                              : owner == 0     ? 1
                                                                               : owner));
        }
        if (column.name == key)
            return owner == 0 ? QByteArray("NULL") : quoted(m_world.ids.at(owner));
        // Numerals, so that a cast fails on some tenants' rows only.
        if (column.name == QLatin1String("code"))
            return owner == 1 ? "'" + number + "'" : "'" + mark + number + "'";
        // Nobody's rows point at the first tenant's: a cascade may reach them.
        // Nobody's rows lead to the first tenant one way and to the second the other.
        if (column.name == QLatin1String("also"))
            return row % 3 == 2 && owner > 0
                       ? QByteArray("NULL")
                       : QByteArray::number((row % m_counts.at(table.second)) * 10 +
                                            (owner == 0 ? 2 : owner));
        if (column.name == QLatin1String("ref"))
            return row % 2 == 0 || (owner == 0 && table.isShared)
                       ? QByteArray("NULL")
                       : QByteArray::number((row % m_counts.at(table.referred)) * 10 +
                                            std::max(owner, 1));
        return {};
    }

    QByteArray value(const Table &table, const Column &column, int row, int owner)
    {
        if (const QByteArray fixed = keyValue(table, column, row, owner); !fixed.isEmpty())
            return fixed;
        const QByteArray number = QByteArray::number(row * 10 + owner);
        const QByteArray mark = markOf(table, owner);
        if (m_random.chance(12))
            return "NULL";
        switch (column.type) {
        case Type::Integer:
            return QByteArray::number(m_random.below(8) * 10 + owner);
        case Type::Number:
            return QByteArray::number(m_random.below(50)) + ".0" + QByteArray::number(owner);
        case Type::Boolean:
            return m_random.chance(50) ? "true" : "false";
        case Type::Time:
            return "'2026-0" + QByteArray::number(1 + m_random.below(9)) + "-1" +
                   QByteArray::number(owner) + " 12:00'";
        case Type::Json:
            return "'{\"mark\": \"" + mark + number + "\", \"n\": " + number + "}'";
        case Type::Tags:
            return "'{" + mark + "a," + mark + QByteArray::number(m_random.below(3)) + "}'";
        default:
            return "'" + mark +
                   m_random.word({"ash", "birch", "cedar", "d_r%e", "elm's"})
                       .replace(u'\'', QLatin1String("''"))
                       .toUtf8() +
                   "'";
        }
    }

    static QByteArray partOf(int row) { return "'p" + QByteArray::number(row % 3) + "'"; }

    /// A view over tables or views, all with the same columns.
    void addView(const QString &name)
    {
        Table view{{m_random.chance(30) ? QStringLiteral("app") : QString(), name},
                   Scoping::Unscoped,
                   {{QStringLiteral("id"), Type::Integer},
                    {QStringLiteral("name"), Type::Text},
                    {QStringLiteral("code"), Type::Text},
                    {QStringLiteral("n"), Type::Integer}}};
        // The table of tenants has other columns.
        const auto any = [this]() -> const Table & {
            const int tables = int(m_world.tables.size()) - 1;
            const int at = m_random.below(tables + int(m_world.views.size()));
            return at < tables ? m_world.tables.at(at + 1) : m_world.views.at(at - tables);
        };
        const QString first = any().sql();
        const QString second = any().sql();
        const QString text = m_random.word(
            {"SELECT id, name, code, n FROM %1",
             "SELECT max(t.id) AS id, max(name) AS name, code, count(*)::integer AS n FROM %1 t "
             "GROUP BY code",
             "SELECT count(*)::integer, min(name), max(code), sum(n)::integer FROM %1",
             "SELECT id, name, code, rank() OVER (ORDER BY id)::integer AS n FROM %1",
             "SELECT id, lag(name) OVER (PARTITION BY left(name, 1) ORDER BY id, name), code, n "
             "FROM %1",
             "SELECT a.id, b.name, a.code, b.n FROM %1 a LEFT JOIN %2 b ON b.n = a.id",
             "SELECT a.id, a.name, b.code, a.n FROM %1 a JOIN %2 b ON b.n < a.n AND b.n > a.n - 12",
             "SELECT id, name, code, n FROM %1 UNION SELECT n, name, code, id FROM %2",
             "SELECT id, name, code, n FROM %1 EXCEPT ALL SELECT id, name, code, n FROM %2",
             "SELECT id, name, code, n FROM %1 ORDER BY id, name, code, n LIMIT 3",
             "SELECT DISTINCT ON (code) id, name, code, n FROM %1 ORDER BY code, id, name, n",
             "WITH x AS (SELECT * FROM %1) SELECT id, name, code, (SELECT count(*) FROM "
             "%2)::integer AS n FROM x WHERE id > 2",
             "SELECT id, name, code, n FROM %1 t WHERE NOT EXISTS (SELECT 1 FROM %2 o WHERE o.n = "
             "t.id)",
             "SELECT id, upper(name), code, code::integer AS n FROM %1"});
        m_world.behind += "CREATE VIEW " + view.sql().toUtf8() + " (id, name, code, n) AS " +
                          QString(text)
                              .replace(QLatin1String("%1"), first)
                              .replace(QLatin1String("%2"), second)
                              .toUtf8() +
                          ";\n";
        m_world.views << view;
    }

    /// A materialized view with the tenant beside what it shows of it, or of all.
    void addMaterialized(const QString &name)
    {
        QStringList directs;
        QStringList paths;
        for (const Table &table : std::as_const(m_world.tables)) {
            if (table.isShared) // nobody's rows are hidden in what was computed before
                continue;
            if (table.scoping == Scoping::Direct && table.columns.size() > 2)
                directs << table.sql();
            if (table.scoping == Scoping::ByPath && table.second < 0 && table.key.size() == 1 &&
                m_world.tables.at(table.parent).scoping == Scoping::Direct &&
                m_world.tables.at(table.parent).key.size() == 1)
                paths << QStringLiteral("SELECT a.id, a.name, b.code, b.n, b.organization_id FROM "
                                        "%1 a JOIN %2 b ON b.id = a.up_id")
                             .arg(table.sql(), m_world.tables.at(table.parent).sql());
        }
        if (directs.isEmpty())
            return;
        Table view{{m_random.chance(30) ? QStringLiteral("app") : QString(), name},
                   Scoping::Unscoped,
                   {{QStringLiteral("id"), Type::Integer},
                    {QStringLiteral("name"), Type::Text},
                    {QStringLiteral("code"), Type::Text},
                    {QStringLiteral("n"), Type::Integer},
                    {key, Type::Tenant}}};
        QString text = m_random.word(
            {"SELECT id, name, code, n, organization_id FROM %1",
             "SELECT * FROM (SELECT id, name, code, n, organization_id FROM %1) s WHERE id > 11",
             "SELECT max(id) AS id, max(name) AS name, code, count(*)::integer AS n, "
             "organization_id FROM %1 GROUP BY organization_id, code",
             "SELECT id, name, code, rank() OVER (PARTITION BY organization_id ORDER BY "
             "id)::integer AS n, organization_id FROM %1",
             "SELECT a.id, b.name, a.code, b.n, a.organization_id FROM %1 a LEFT JOIN %2 b ON "
             "b.organization_id = a.organization_id AND b.n > a.n",
             "SELECT id, name, code, n, organization_id FROM %1 UNION SELECT n, name, code, id, "
             "organization_id FROM %2",
             "SELECT DISTINCT ON (organization_id, code) id, name, code, n, organization_id FROM "
             "%1 ORDER BY organization_id, code, id, name, n",
             "WITH x AS (SELECT organization_id AS o, sum(n)::integer AS s FROM %2 GROUP BY 1) "
             "SELECT id, name, code, s AS n, o AS organization_id FROM %1 JOIN x ON o = "
             "organization_id",
             // Nobody can say whose these are, or they are computed across tenants.
             "SELECT id, name, code, rank() OVER (ORDER BY id)::integer AS n, organization_id FROM "
             "%1",
             "SELECT a.id, b.name, a.code, b.n, a.organization_id FROM %1 a JOIN %2 b ON b.n > a.n",
             "SELECT a.id, b.name, a.code, b.n, a.organization_id FROM %1 a LEFT JOIN %2 b ON "
             "a.organization_id = a.organization_id",
             "SELECT a.id, b.name, a.code, b.n, a.organization_id FROM %1 a RIGHT JOIN %2 b ON "
             "b.organization_id = a.organization_id",
             "SELECT id, (SELECT max(name) FROM %2), code, n, organization_id FROM %1",
             "SELECT id, name, code, n, organization_id FROM %1 ORDER BY id LIMIT 5"});
        if (!paths.isEmpty() && m_random.chance(40))
            text = m_random.of(paths);
        const QByteArray definition = text.replace(QLatin1String("%1"), m_random.of(directs))
                                          .replace(QLatin1String("%2"), m_random.of(directs))
                                          .toUtf8();
        m_world.behind += "CREATE MATERIALIZED VIEW " + view.sql().toUtf8() +
                          " (id, name, code, n, organization_id) AS " + definition + ";\n";
        m_world.views << view;
    }

    void addBehind()
    {
        const int views = 4 + m_random.below(4);
        for (int i = 0; i < views; ++i)
            addView(QStringLiteral("v%1").arg(i));
        for (int i = 0; i < 3; ++i)
            addMaterialized(QStringLiteral("m%1").arg(i));
        m_world.behind +=
            "CREATE FUNCTION public.peek() RETURNS SETOF text LANGUAGE sql STABLE AS "
            "'SELECT name FROM public.organizations';\n"
            "CREATE FUNCTION public.secret(record) RETURNS text LANGUAGE plpgsql AS "
            "'BEGIN RETURN (SELECT string_agg(name, '','') FROM public.organizations); END';\n";
        if (m_world.usesSearchPath)
            m_world.behind += "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = "
                              "app, public', current_database()); END $$;\n";
    }

    Random &m_random;
    QString m_tenantType;
    QList<int> m_counts; ///< rows of one tenant, for each table
    World m_world;
};

} // namespace

QString Table::sql() const
{
    return (name.schema.isEmpty() ? QStringLiteral("public") : name.schema) + u'.' + name.name;
}

QByteArray World::everything() const
{
    // Nobody's last: they point at others'.
    return schema + shared + rows.mid(1).join() + shown + rows.first() + behind;
}

QByteArray World::seen(int number) const
{
    return schema + shared + rows.at(number) + shown + behind;
}

QByteArray World::only(int number) const
{
    return schema + shared + rows.at(number) + behind;
}

World randomWorld(Random &random)
{
    return Builder(random).run();
}

} // namespace property
