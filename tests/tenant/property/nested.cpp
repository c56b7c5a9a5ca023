// SPDX-License-Identifier: GPL-3.0-or-later
#include "property/nested.h"

namespace property
{

namespace
{
const Table &plansOf(const World &world)
{
    for (const Table &table : world.tables) {
        if (table.name.name == QLatin1String("plans"))
            return table;
    }
    return world.tables.first();
}
} // namespace

NestedWorld::NestedWorld(const World &world, Naming naming)
    : m_world(world)
    , m_naming(naming)
{
}

tenant::TenantId NestedWorld::idOf(int number) const
{
    return {QString::number(groupOf(number)), m_world.ids.at(number)};
}

tenant::Settings NestedWorld::settings() const
{
    return {
        .column = QStringLiteral("group_id"),
        .nested = {
            .column = QStringLiteral("organization_id"), .root = {}, .label = {}, .tables = {}}};
}

QByteArray NestedWorld::everything() const
{
    const QByteArray other = "'" + m_world.ids.last().toUtf8() + "'";
    QByteArray script = "CREATE TABLE public.groups (id integer PRIMARY KEY, name text NOT NULL);\n"
                        "INSERT INTO public.groups VALUES (1, 'one'), (2, 'two');\n"
                        "ALTER TABLE public.organizations ADD group_id integer REFERENCES "
                        "public.groups;\n"
                        "UPDATE public.organizations SET group_id = CASE WHEN id = " +
                        other +
                        " THEN 2 ELSE 1 END WHERE true;\n"
                        "ALTER TABLE public.organizations ALTER group_id SET NOT NULL;\n";
    for (const Table &table : m_world.tables) {
        const bool names = m_naming == Naming::AllTables &&
                           table.scoping == tenant::Scoping::Direct &&
                           table.columns.first().type != Type::Tenant;
        // Nobody's rows are no group's either.
        if (names)
            script +=
                "ALTER TABLE " + table.sql().toUtf8() +
                " ADD group_id integer GENERATED ALWAYS AS (CASE WHEN organization_id = " + other +
                " THEN 2 WHEN organization_id IS NOT NULL THEN 1 END) STORED;\n";
    }
    const Table &plans = plansOf(m_world);
    QStringList same;
    for (const Column &column : plans.columns)
        same << column.name;
    const QString copied = same.join(QStringLiteral(", "));
    script += "ALTER TABLE " + plans.sql().toUtf8() +
              " ADD group_id integer NOT NULL DEFAULT 1 REFERENCES public.groups;\n"
              "INSERT INTO " +
              plans.sql().toUtf8() + " (" + copied.toUtf8() + ", group_id) SELECT " +
              QString(copied).replace(QStringLiteral("id,"), QStringLiteral("id + 500,")).toUtf8() +
              ", 2 FROM " + plans.sql().toUtf8() + ";\n";
    return script;
}

QByteArray NestedWorld::only(int number) const
{
    return everything() + "DELETE FROM " + plansOf(m_world).sql().toUtf8() + " WHERE group_id <> " +
           QByteArray::number(groupOf(number)) + ";\n";
}

} // namespace property
