// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridscope.h"

#include "session/project.h"

#include <QCoreApplication>

namespace studio
{

namespace
{
/// organization_id → organization
QString withoutSuffix(QString column)
{
    if (column.endsWith(QStringLiteral("_id")))
        column.chop(3);
    return column;
}

ScopeText direct(const session::Project &project, const QString &what)
{
    const std::optional<session::Tenant> tenant = project.tenant();
    if (!tenant) {
        return {.before = QCoreApplication::translate("GridScope", "every %1").arg(what),
                .explanation = QCoreApplication::translate(
                    "GridScope", "No tenant is chosen: the rows of all of them are shown")};
    }
    return {.kind = Chip::Kind::Tenant,
            .before = what + QStringLiteral(" = "),
            .bold = tenant->label,
            .explanation = QCoreApplication::translate("GridScope", "Only rows where %1 is %2")
                               .arg(project.tenantColumn(), tenant->id)};
}

/// What becomes of rows that have no tenant, where there can be some.
ScopeText withShared(ScopeText text, tenant::SharedRows shared, const QString &what)
{
    if (text.kind != Chip::Kind::Tenant)
        return text;
    if (shared == tenant::SharedRows::Shown) {
        text.after = QCoreApplication::translate("GridScope", ", and shared rows");
        text.explanation += QLatin1Char('\n') +
                            QCoreApplication::translate(
                                "GridScope", "Rows without one are everybody's: they are shown to "
                                             "each %1 and changed by none")
                                .arg(what);
    } else if (shared == tenant::SharedRows::Unsaid) {
        text.after = QCoreApplication::translate("GridScope", ", without shared rows");
        text.explanation +=
            QLatin1Char('\n') +
            QCoreApplication::translate(
                "GridScope",
                "Rows without one are left out. Say in the menu of the table in the tree whether "
                "they are everybody's");
    }
    return text;
}

/// Where each tenant has a schema.
ScopeText ofSchema(const session::Project &project, const schema::Name &table)
{
    const std::optional<session::Tenant> tenant = project.tenant();
    if (!tenant)
        return {.before = QCoreApplication::translate("GridScope", "every row of this schema"),
                .explanation = QCoreApplication::translate(
                    "GridScope", "No tenant is chosen: each has this table in a schema of its own, "
                                 "and this is one of them")};
    if (project.isForeign(table))
        return {.kind = Chip::Kind::Warning,
                .before = QCoreApplication::translate("GridScope", "not of %1").arg(tenant->label),
                .explanation = QCoreApplication::translate(
                    "GridScope", "The table lies in another schema than the tenant's: no row of it "
                                 "is shown")};
    return {.kind = Chip::Kind::Tenant,
            .before = QCoreApplication::translate("GridScope", "schema = "),
            .bold = tenant->label,
            .explanation = QCoreApplication::translate(
                               "GridScope", "All rows of the tenant's own table, in its schema %1")
                               .arg(tenant->id)};
}

ScopeText ofView(const session::Project &project, const QString &what, const QString &reason)
{
    ScopeText text = direct(project, what);
    if (text.kind != Chip::Kind::Tenant)
        return text;
    if (!reason.isEmpty())
        return {.kind = Chip::Kind::Warning,
                .before = QCoreApplication::translate("GridScope", "not shown to one %1").arg(what),
                .explanation =
                    QCoreApplication::translate(
                        "GridScope", "A materialized view holds what was computed from the rows of "
                                     "all, and %1")
                        .arg(reason)};
    if (project.tenantColumn().isEmpty())
        return {.kind = Chip::Kind::Tenant,
                .before = QCoreApplication::translate("GridScope", "schema = "),
                .bold = project.tenant()->label,
                .explanation = QCoreApplication::translate(
                    "GridScope", "A view: its query runs over the tenant's own tables and those "
                                 "that are everybody's, and no others")};
    text.explanation =
        QCoreApplication::translate(
            "GridScope", "A view: its query runs over the rows where %1 is %2, and no others")
            .arg(project.tenantColumn(), project.tenant()->id);
    return text;
}

/// The relations that lead to the tenant: order → product.
QString pathOf(const session::Project &project, const schema::Name &table)
{
    QStringList steps;
    for (const tenant::PathStep &step : project.tableScope(table).path)
        steps.append(step.columns.size() == 1 ? withoutSuffix(step.columns.first())
                                              : step.target.name);
    return steps.join(QStringLiteral(" → "));
}
} // namespace

std::optional<ScopeText> scopeText(const session::Project &project, const schema::Name &table)
{
    const QString column = project.tenantColumn();
    if (!project.hasTenants())
        return std::nullopt;
    const QString what = column.isEmpty() ? QCoreApplication::translate("GridScope", "tenant")
                                          : withoutSuffix(column);
    if (column.isEmpty() && project.isForeign(table))
        return ofSchema(project, table);
    switch (project.scoping(table)) {
    case tenant::Scoping::Direct:
        return withShared(direct(project, what), project.tableScope(table).shared, what);
    case tenant::Scoping::ByPath: {
        ScopeText text = direct(project, what);
        const QString path = pathOf(project, table);
        if (text.kind == Chip::Kind::Tenant && !path.isEmpty())
            text.explanation =
                QCoreApplication::translate("GridScope", "Only rows whose %1 is %2 along %3")
                    .arg(column, project.tenant()->id, path);
        return text;
    }
    case tenant::Scoping::BySchema:
        return ofSchema(project, table);
    case tenant::Scoping::Global:
        return ScopeText{
            .before = QCoreApplication::translate("GridScope", "global"),
            .explanation =
                QCoreApplication::translate("GridScope", "The same rows for every %1").arg(what)};
    case tenant::Scoping::ByQuery:
        return ofView(project, what, project.tableScope(table).reason);
    case tenant::Scoping::Unscoped:
        break;
    }
    return ScopeText{
        .kind = Chip::Kind::Warning,
        .before = column.isEmpty()
                      ? QCoreApplication::translate("GridScope", "not scoped")
                      : QCoreApplication::translate("GridScope", "not scoped: no %1").arg(column),
        .explanation =
            QCoreApplication::translate(
                "GridScope", "Nothing says which %1 a row belongs to: all rows are shown")
                .arg(what)};
}

QString emptyText(const session::Project &project, const schema::Name &table)
{
    const std::optional<session::Tenant> tenant = project.tenant();
    if (project.isForeign(table))
        return QCoreApplication::translate("GridScope", "No rows of %1").arg(tenant->label);
    const tenant::Scoping scoping = project.scoping(table);
    const bool isOfAll = scoping == tenant::Scoping::Global || scoping == tenant::Scoping::Unscoped;
    return tenant && !isOfAll
               ? QCoreApplication::translate("GridScope", "No rows in %1").arg(tenant->label)
               : QCoreApplication::translate("GridScope", "No rows");
}

} // namespace studio
