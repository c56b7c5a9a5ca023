// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/rows.h"

#include <QRegularExpression>

namespace migrate
{

namespace
{
QString plainSchema(const Json &row, const char *member = "schema")
{
    const QString schema = textOf(row, member);
    return schema == QLatin1String("public") ? QString() : schema;
}

schema::Name nameOf(const Json &row)
{
    return {plainSchema(row), textOf(row, "name")};
}

/// A text or a number, as text.
QString scalarOf(const Json &row, const char *member)
{
    const auto it = row.find(member);
    if (it == row.end() || it->is_null())
        return {};
    return it->is_string() ? textOf(row, member) : QString::fromStdString(it->dump());
}

/// A type as drizzle-kit 0.31 spells it.
QString typeOf(const Json &row)
{
    static const QRegularExpression scale(QStringLiteral("^(numeric\\(\\d+),(-?\\d+\\))$"));
    QString type = textOf(row, "type");
    type.replace(scale, QStringLiteral("\\1, \\2"));
    const auto dimensions = row.find("dimensions");
    const int count = dimensions != row.end() && dimensions->is_number_integer()
                          ? std::min(dimensions->get<int>(), 8)
                          : 0;
    for (int i = 0; i < count; ++i)
        type += QStringLiteral("[]");
    return type;
}

std::optional<schema::Default> defaultOf(const Json &row)
{
    using Form = schema::Default::Form;
    static const QRegularExpression number(QStringLiteral("^-?\\d+(\\.\\d+)?$"));
    const auto it = row.find("default");
    if (it == row.end() || !it->is_string())
        return std::nullopt;
    const QString text = textOf(row, "default");
    if (text == QLatin1String("true") || text == QLatin1String("false"))
        return schema::Default{Form::Boolean, text};
    if (number.match(text).hasMatch())
        return schema::Default{Form::Number, text};
    return schema::Default{Form::Sql, text};
}

schema::Column columnOf(const Json &row)
{
    schema::Column column;
    column.name = textOf(row, "name");
    column.type = typeOf(row);
    column.typeSchema = textOf(row, "typeSchema");
    column.notNull = flagOf(row, "notNull");
    column.defaultValue = defaultOf(row);
    const Json &generated = objectOf(row, "generated");
    if (!generated.empty())
        column.generated = schema::Generated{textOf(generated, "as"),
                                             textOf(generated, "type") != QLatin1String("virtual")};
    const Json &identity = objectOf(row, "identity");
    if (!identity.empty())
        column.identity = schema::Identity{textOf(identity, "type") == QLatin1String("always")
                                               ? schema::Identity::Kind::Always
                                               : schema::Identity::Kind::ByDefault,
                                           textOf(identity, "name"),
                                           plainSchema(row),
                                           {.increment = scalarOf(identity, "increment"),
                                            .startWith = scalarOf(identity, "startWith"),
                                            .minValue = scalarOf(identity, "minValue"),
                                            .maxValue = scalarOf(identity, "maxValue"),
                                            .cache = scalarOf(identity, "cache"),
                                            .cycle = flagOf(identity, "cycle")}};
    return column;
}

schema::Index indexOf(const Json &row)
{
    schema::Index index;
    index.name = textOf(row, "name");
    index.isUnique = flagOf(row, "isUnique");
    index.where = textOf(row, "where");
    index.concurrently = flagOf(row, "concurrently");
    index.method = textOf(row, "method");
    const QStringList options = textOf(row, "with").split(u',', Qt::SkipEmptyParts);
    for (const QString &option : options)
        index.with << std::pair(option.section(u'=', 0, 0).trimmed(),
                                option.section(u'=', 1).trimmed());
    const auto columns = row.find("columns");
    if (columns == row.end() || !columns->is_array())
        return index;
    for (const Json &column : *columns)
        index.columns << schema::IndexColumn{
            textOf(column, "value"), flagOf(column, "isExpression"), flagOf(column, "asc", true),
            flagOf(column, "nullsFirst") ? QStringLiteral("first") : QStringLiteral("last"),
            textOf(objectOf(column, "opclass"), "name")};
    return index;
}

schema::ForeignKey foreignKeyOf(const Json &row)
{
    const auto action = [&](const char *member) {
        const QString text = textOf(row, member).toLower();
        return text.isEmpty() ? QStringLiteral("no action") : text;
    };
    schema::ForeignKey key;
    key.name = textOf(row, "name");
    key.columns = textsOf(row, "columns");
    key.targetSchema = plainSchema(row, "schemaTo");
    key.targetTable = textOf(row, "tableTo");
    key.targetColumns = textsOf(row, "columnsTo");
    key.onDelete = action("onDelete");
    key.onUpdate = action("onUpdate");
    return key;
}

std::optional<QString> optionalText(const Json &row, const char *member)
{
    const auto it = row.find(member);
    return it != row.end() && it->is_string() ? std::optional(textOf(row, member)) : std::nullopt;
}

schema::Policy policyOf(const Json &row)
{
    schema::Policy policy;
    policy.name = textOf(row, "name");
    policy.as = textOf(row, "as");
    policy.command = textOf(row, "for");
    policy.roles = textsOf(row, "roles");
    policy.roles.sort();
    policy.usingExpression = optionalText(row, "using");
    policy.withCheck = optionalText(row, "withCheck");
    return policy;
}

schema::View viewOf(const Json &row)
{
    schema::View view;
    view.name = nameOf(row);
    view.materialized = flagOf(row, "materialized");
    view.definition = textOf(row, "definition");
    const Json &options = objectOf(row, "with");
    for (auto it = options.begin(); it != options.end(); ++it) {
        if (!it->is_null())
            view.with << std::pair(QString::fromStdString(it.key()),
                                   scalarOf(options, it.key().c_str()));
    }
    if (const auto it = row.find("withNoData"); it != row.end() && it->is_boolean())
        view.withNoData = it->get<bool>();
    view.accessMethod = textOf(row, "using");
    view.tablespace = textOf(row, "tablespace");
    return view;
}

schema::Sequence sequenceOf(const Json &row)
{
    return {nameOf(row),
            {.increment = scalarOf(row, "incrementBy"),
             .startWith = scalarOf(row, "startWith"),
             .minValue = scalarOf(row, "minValue"),
             .maxValue = scalarOf(row, "maxValue"),
             .cache = scalarOf(row, "cacheSize"),
             .cycle = flagOf(row, "cycle")},
            {}};
}

/// What belongs to tables, put into them.
class Tables
{
public:
    explicit Tables(const Rows &rows)
        : m_rows(rows)
    {
        for (const Json &row : rows.of(QStringLiteral("tables"))) {
            schema::Table table;
            table.name = nameOf(row);
            table.rowLevelSecurity = flagOf(row, "isRlsEnabled");
            m_index.insert(table.name, m_tables.size());
            m_tables << table;
        }
        each("columns",
             [](schema::Table &table, const Json &row) { table.columns << columnOf(row); });
        each("indexes",
             [](schema::Table &table, const Json &row) { table.indexes << indexOf(row); });
        each("fks",
             [](schema::Table &table, const Json &row) { table.foreignKeys << foreignKeyOf(row); });
        each("pks", addKey);
        each("uniques", [](schema::Table &table, const Json &row) {
            table.uniques << schema::Unique{
                textOf(row, "name"), textsOf(row, "columns"), flagOf(row, "nullsNotDistinct"), {}};
        });
        each("checks", [](schema::Table &table, const Json &row) {
            table.checks << schema::Check{textOf(row, "name"), textOf(row, "value"), {}};
        });
        each("policies",
             [](schema::Table &table, const Json &row) { table.policies << policyOf(row); });
    }

    QList<schema::Table> tables() const { return m_tables; }
    bool has(const schema::Name &name) const { return m_index.contains(name); }

private:
    template <typename Put> void each(const char *type, Put put)
    {
        for (const Json &row : m_rows.of(QString::fromLatin1(type))) {
            const auto it = m_index.constFind({plainSchema(row), textOf(row, "table")});
            if (it != m_index.constEnd())
                put(m_tables[*it], row);
        }
    }

    /// A key of one column without a name of its own is the column's matter.
    static void addKey(schema::Table &table, const Json &row)
    {
        const QStringList columns = textsOf(row, "columns");
        if (columns.size() == 1 && !flagOf(row, "nameExplicit")) {
            for (schema::Column &column : table.columns)
                column.primaryKey = column.primaryKey || column.name == columns.first();
        } else {
            table.primaryKeys << schema::PrimaryKey{textOf(row, "name"), columns};
        }
    }

    const Rows &m_rows;
    QList<schema::Table> m_tables;
    QHash<schema::Name, qsizetype> m_index;
};
} // namespace

schema::Database databaseOf(const Rows &rows)
{
    const Tables tables(rows);
    schema::Database database;
    database.tables = tables.tables();
    for (const Json &row : rows.of(QStringLiteral("schemas"))) {
        if (textOf(row, "name") != QLatin1String("public"))
            database.schemas << textOf(row, "name");
    }
    for (const Json &row : rows.of(QStringLiteral("enums")))
        database.enums << schema::Enum{nameOf(row), textsOf(row, "values"), {}};
    for (const Json &row : rows.of(QStringLiteral("sequences")))
        database.sequences << sequenceOf(row);
    for (const Json &row : rows.of(QStringLiteral("roles")))
        database.roles << schema::Role{textOf(row, "name"),
                                       flagOf(row, "createDb"),
                                       flagOf(row, "createRole"),
                                       flagOf(row, "inherit", true),
                                       {}};
    for (const Json &row : rows.of(QStringLiteral("views")))
        database.views << viewOf(row);
    for (const Json &row : rows.of(QStringLiteral("policies"))) {
        if (tables.has({plainSchema(row), textOf(row, "table")}))
            continue;
        schema::Policy policy = policyOf(row);
        policy.onSchema = textOf(row, "schema");
        policy.on = QStringLiteral("\"%1\".\"%2\"").arg(policy.onSchema, textOf(row, "table"));
        database.linkedPolicies << policy;
    }
    return database;
}

} // namespace migrate
