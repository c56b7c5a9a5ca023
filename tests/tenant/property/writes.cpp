// SPDX-License-Identifier: GPL-3.0-or-later
#include "property/writes.h"

namespace property
{

using tenant::Scoping;

namespace
{
bool has(const Table &table, const char *column)
{
    for (const Column &present : table.columns) {
        if (present.name == QLatin1String(column))
            return true;
    }
    return false;
}
} // namespace

/// Now and then a partition of it.
QString WriteWriter::nameOf(const Table &table)
{
    return !table.parts.isEmpty() && m_random.chance(30) ? Table{m_random.of(table.parts)}.sql()
                                                         : table.sql();
}

/// Mostly the tenant itself.
int WriteWriter::someone(int tenant)
{
    return m_random.chance(85) ? tenant : 1 + m_random.below(World::tenants);
}

int WriteWriter::anyId(int owner)
{
    return m_random.below(8) * 10 + owner;
}

const Table &WriteWriter::table()
{
    for (;;) {
        const Table &found = m_world.tables.at(1 + m_random.below(int(m_world.tables.size()) - 1));
        if (found.scoping != Scoping::Global || m_random.chance(4))
            return found;
    }
}

/// A table whose key is the id alone, or null.
const Table *WriteWriter::single()
{
    for (int i = 0; i < 20; ++i) {
        const Table &found = table();
        if (found.key.size() == 1)
            return &found;
    }
    return nullptr;
}

QString WriteWriter::condition(const Table &table, const QString &row)
{
    switch (m_random.below(6)) {
    case 0:
        return QStringLiteral("%1.id IN (1, 11, 12, 13, 22, 23, 3, 2)").arg(row);
    case 1:
        return QStringLiteral("%1.n > %2 OR %1.name LIKE '%ash'").arg(row).arg(m_random.below(60));
    case 2:
        return QStringLiteral("EXISTS (SELECT 1 FROM %2 x WHERE x.id = %1.id AND x.amount > 20)")
            .arg(row, table.sql());
    case 3:
        return QStringLiteral("%1.id % 20 < 10 /* every other */").arg(row);
    case 4:
        return QStringLiteral("%1.code::integer >= 0 -- fails on others").arg(row) + u'\n';
    default:
        return QStringLiteral("%1.amount < %2").arg(row).arg(m_random.below(50));
    }
}

QString WriteWriter::assignments(const Table &table, int tenant)
{
    const QString mark = QStringLiteral("T%1-").arg(tenant);
    QStringList items{
        m_random
            .word({"name = '%1new'", "n = coalesce(n, 0) + 10", "amount = amount * 2",
                   "name = upper(name)", "name = (SELECT max(name) FROM public.organizations)"})
            .replace(QLatin1String("%1"), mark)};
    if (table.scoping == Scoping::Direct && m_random.chance(15))
        items << QStringLiteral("organization_id = '%1'").arg(m_world.ids.at(someone(tenant)));
    if (table.referred >= 0 && m_random.chance(35))
        items << QStringLiteral("ref = %1").arg(anyId(someone(tenant)));
    if (table.second >= 0 && m_random.chance(20))
        items << QStringLiteral("also = %1").arg(anyId(someone(tenant)));
    if (has(table, "up_id") && m_random.chance(20))
        items << QStringLiteral("up_id = %1").arg(anyId(someone(tenant)));
    if (table.key.size() == 1 && m_random.chance(8))
        items << QStringLiteral("id = id + 1000");
    return items.join(QStringLiteral(", "));
}

QString WriteWriter::update(int tenant)
{
    const Table &target = table();
    const bool hasAlias = m_random.chance(50);
    const QString named = nameOf(target);
    const QString row = hasAlias ? QStringLiteral("x1") : named.section(u'.', 1);
    return QStringLiteral("UPDATE %1%2%3 SET %4 WHERE %5 RETURNING %6.*")
        .arg(m_random.chance(10) ? QStringLiteral("ONLY ") : QString(), named,
             hasAlias ? QStringLiteral(" AS x1") : QString(), assignments(target, tenant),
             condition(target, row), row);
}

QString WriteWriter::updateFrom(int tenant)
{
    const Table &target = table();
    const Table *other = single();
    if (!other)
        return update(tenant);
    return QStringLiteral("UPDATE %1 t SET name = o.name FROM %2 o WHERE o.id = t.n AND (%3)")
        .arg(nameOf(target), other->sql(),
             m_random.word({"t.amount < 30", "o.n > 20 OR t.n > 30", "t.id % 20 < 10"}));
}

QString WriteWriter::remove(int tenant)
{
    const Table &target = table();
    if (m_random.chance(30))
        return QStringLiteral("DELETE FROM %1 t USING %2 o WHERE o.id = t.id AND o.n > %3")
            .arg(nameOf(target), table().sql())
            .arg(m_random.below(60));
    if (m_random.chance(30))
        return QStringLiteral("DELETE FROM %1 WHERE id = %2 RETURNING name")
            .arg(nameOf(target))
            .arg(anyId(someone(tenant)));
    return QStringLiteral("DELETE FROM %1 t WHERE %2")
        .arg(nameOf(target), condition(target, QStringLiteral("t")));
}

/// The values of a new row that is \a owner's; what it points at may be someone else's.
QString WriteWriter::values(const Table &table, int tenant, int owner, int id)
{
    QStringList items;
    for (const Column &column : table.columns) {
        if (column.name == QLatin1String("id"))
            items << QString::number(id);
        else if (column.name == QLatin1String("organization_id"))
            items << u'\'' + m_world.ids.at(owner) + u'\'';
        else if (column.name.endsWith(QLatin1String("part")))
            items << QStringLiteral("'p%1'").arg(m_random.below(3));
        else if (column.name == QLatin1String("up_id"))
            items << QString::number(anyId(someone(owner)));
        else if (column.name == QLatin1String("ref") || column.name == QLatin1String("also"))
            items << (m_random.chance(50) ? QStringLiteral("NULL")
                                          : QString::number(anyId(someone(owner))));
        else if (column.name == QLatin1String("code") || column.name == QLatin1String("name"))
            items << QStringLiteral("'T%1-made'").arg(tenant);
        else
            items << QStringLiteral("NULL");
    }
    return u'(' + items.join(QStringLiteral(", ")) + u')';
}

QString WriteWriter::insert(int tenant)
{
    const Table &target = table();
    const int owner = someone(tenant);
    const bool isKnown = m_random.chance(50);
    // On its own database nothing stands in the way that is another tenant's.
    const bool doesNothing = m_random.chance(30);
    const int id =
        isKnown ? anyId(doesNothing ? tenant : someone(tenant)) : (++m_fresh) * 10 + owner;
    QString text = QStringLiteral("INSERT INTO %1 AS t VALUES %2")
                       .arg(nameOf(target), values(target, tenant, owner, id));
    const QString key = target.key.join(QStringLiteral(", "));
    if (doesNothing || m_random.chance(50))
        text += doesNothing
                    ? QStringLiteral(" ON CONFLICT DO NOTHING")
                    : QStringLiteral(" ON CONFLICT (%1) DO UPDATE SET name = excluded.name, %2%3")
                          .arg(key, m_random.word({"n = 10", "amount = 1"}),
                               m_random.chance(40) ? QStringLiteral(" WHERE t.n IS NOT NULL")
                                                   : QString());
    return text + (m_random.chance(40) ? QStringLiteral(" RETURNING *") : QString());
}

QString WriteWriter::insertSelect(int tenant)
{
    const Table &target = table();
    const int shift = (++m_fresh) * 1000;
    QStringList items;
    for (const Column &column : target.columns)
        items << (column.name == QLatin1String("id") ? QStringLiteral("t.id + %1").arg(shift)
                                                     : QStringLiteral("t.") + column.name);
    Q_UNUSED(tenant);
    return QStringLiteral("INSERT INTO %1 SELECT %2 FROM %1 t WHERE %3 RETURNING id")
        .arg(nameOf(target), items.join(QStringLiteral(", ")),
             condition(target, QStringLiteral("t")));
}

QString WriteWriter::merge(int tenant)
{
    const Table *target = single();
    const Table *other = single();
    if (!target || !other)
        return update(tenant);
    const QString matched = m_random.word(
        {"WHEN MATCHED AND s.n > 20 THEN UPDATE SET name = s.name", "WHEN MATCHED THEN DELETE",
         "WHEN MATCHED THEN UPDATE SET n = 1", "WHEN MATCHED THEN DO NOTHING"});
    QString text = QStringLiteral("MERGE INTO %1 t USING (SELECT * FROM %2) s ON t.id = s.id %3")
                       .arg(nameOf(*target), other->sql(), matched);
    if (m_random.chance(40))
        text += QStringLiteral(" WHEN NOT MATCHED AND s.id % 20 < 10 THEN INSERT VALUES ") +
                values(*target, tenant, someone(tenant), (++m_fresh) * 10 + tenant);
    return text;
}

QString WriteWriter::inWith(int tenant)
{
    const Table &target = table();
    switch (m_random.below(3)) {
    case 0:
        return QStringLiteral(
                   "WITH gone AS (DELETE FROM %1 t WHERE %2 RETURNING t.id, t.name) SELECT "
                   "* FROM gone")
            .arg(nameOf(target), condition(target, QStringLiteral("t")));
    case 1:
        return QStringLiteral(
                   "WITH %1 AS (UPDATE %2 t SET %3 WHERE %4 RETURNING t.id) SELECT count(*) "
                   "FROM %1 JOIN %2 o ON o.id = %1.id")
            .arg(target.name.name, nameOf(target), assignments(target, tenant),
                 condition(target, QStringLiteral("t")));
    default:
        return QStringLiteral(
                   "WITH made AS (INSERT INTO %1 VALUES %2 RETURNING id) SELECT * FROM made")
            .arg(nameOf(target),
                 values(target, tenant, someone(tenant), (++m_fresh) * 10 + tenant));
    }
}

Statement WriteWriter::refused()
{
    const QString name = table().sql();
    return {.text = m_random
                        .word({"TRUNCATE %1", "DROP TABLE %1", "ALTER TABLE %1 ADD x int",
                               "UPDATE public.countries SET name = 'x' WHERE true",
                               "CREATE TABLE copy AS SELECT * FROM %1", "LOCK TABLE %1",
                               "DELETE FROM %1 WHERE public.peek() IS NOT NULL",
                               "COPY %1 TO STDOUT", "DO 'BEGIN NULL; END'"})
                        .replace(QLatin1String("%1"), name),
            .form = QStringLiteral("refused"),
            .isRefused = true};
}

Statement WriteWriter::next(int tenant)
{
    if (m_random.chance(6))
        return refused();
    switch (m_random.below(9)) {
    case 0:
    case 1:
        return {.text = update(tenant), .form = QStringLiteral("update")};
    case 2:
        return {.text = updateFrom(tenant), .form = QStringLiteral("update from")};
    case 3:
        return {.text = remove(tenant), .form = QStringLiteral("delete")};
    case 4:
    case 5:
        return {.text = insert(tenant), .form = QStringLiteral("insert")};
    case 6:
        return {.text = insertSelect(tenant), .form = QStringLiteral("insert select")};
    case 7:
        return {.text = merge(tenant), .form = QStringLiteral("merge")};
    default:
        return {.text = inWith(tenant), .form = QStringLiteral("write in with")};
    }
}

} // namespace property
