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

/// The relations that lead to the tenant: order → product.
QString pathOf(const tenant::TableScope &scope)
{
    QStringList steps;
    for (const tenant::PathStep &step : scope.path)
        steps.append(step.columns.size() == 1 ? withoutSuffix(step.columns.first())
                                              : step.target.name);
    return steps.join(QStringLiteral(" → "));
}

/// Whose rows, as it is shown: of a table of the whole tenant that is said behind it.
ScopeText ofChosen(const session::Project &project, const schema::Name &table, const QString &what)
{
    ScopeText text{.kind = Chip::Kind::Tenant,
                   .before = what + QStringLiteral(" = "),
                   .bold = project.chosenLabel(table)};
    if (project.isWhole(table))
        text.after = QCoreApplication::translate("GridScope", ", whole %1").arg(what);
    return text;
}

/// What \a explanation says of the tenant, and what holds of the one within it.
QString withNested(const session::Project &project, const schema::Name &table, QString explanation)
{
    const std::optional<session::Tenant> nested = project.nested();
    if (!nested)
        return explanation;
    const QString column = project.nestedColumn();
    const tenant::TableScope scope = project.nestedScope(table);
    explanation += QLatin1Char('\n');
    if (project.isWhole(table))
        return explanation + QCoreApplication::translate(
                                 "GridScope",
                                 "They lead to no %1, so they are shown for each, and changed for "
                                 "the whole only")
                                 .arg(column);
    if (scope.scoping == tenant::Scoping::ByPath)
        return explanation + QCoreApplication::translate(
                                 "GridScope", "Of these only rows whose %1 is %2 along %3")
                                 .arg(column, nested->id, pathOf(scope));
    return explanation +
           QCoreApplication::translate("GridScope", "Of these only rows where %1 is %2")
               .arg(scope.column.isEmpty() ? column : scope.column, nested->id);
}

ScopeText direct(const session::Project &project, const schema::Name &table, const QString &what)
{
    const std::optional<session::Tenant> tenant = project.tenant();
    if (project.isTenantWanted())
        return {.before = QCoreApplication::translate("GridScope", "no %1 chosen").arg(what),
                .explanation = QCoreApplication::translate(
                    "GridScope", "No rows are shown until one is chosen, or all for a while")};
    if (!tenant) {
        return {.before = QCoreApplication::translate("GridScope", "every %1").arg(what),
                .explanation = QCoreApplication::translate(
                    "GridScope", "No tenant is chosen: the rows of all of them are shown")};
    }
    ScopeText text = ofChosen(project, table, what);
    text.explanation =
        withNested(project, table,
                   QCoreApplication::translate("GridScope", "Only rows where %1 is %2")
                       .arg(project.tenantColumn(), tenant->id));
    return text;
}

/// What becomes of rows that have no tenant, where there can be some.
ScopeText withShared(const session::Project &project, ScopeText text, const schema::Name &table,
                     const QString &outer)
{
    const bool isNested =
        project.nested() && project.tableScope(table).shared == tenant::SharedRows::None;
    const tenant::SharedRows shared =
        isNested ? project.nestedScope(table).shared : project.tableScope(table).shared;
    const QString what = isNested ? withoutSuffix(project.nestedColumn()) : outer;
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
                .before = QCoreApplication::translate("GridScope", "not of %1")
                              .arg(project.chosenLabel(table)),
                .explanation = QCoreApplication::translate(
                    "GridScope", "The table lies in another schema than the tenant's: no row of it "
                                 "is shown")};
    return {.kind = Chip::Kind::Tenant,
            .before = QCoreApplication::translate("GridScope", "schema = "),
            .bold = tenant->text(),
            .explanation = QCoreApplication::translate(
                               "GridScope", "All rows of the tenant's own table, in its schema %1")
                               .arg(tenant->id)};
}

ScopeText ofView(const session::Project &project, const schema::Name &table, const QString &what)
{
    ScopeText text = direct(project, table, what);
    const QString reason = project.tableScope(table).reason;
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
                .bold = project.chosenLabel(),
                .explanation = QCoreApplication::translate(
                    "GridScope", "A view: its query runs over the tenant's own tables and those "
                                 "that are everybody's, and no others")};
    text.explanation =
        QCoreApplication::translate(
            "GridScope", "A view: its query runs over the rows where %1 is %2, and no others")
            .arg(project.tenantColumn(), project.tenant()->id);
    if (const std::optional<session::Tenant> nested = project.nested())
        text.explanation +=
            QLatin1Char('\n') +
            QCoreApplication::translate("GridScope", "Of these only rows where %1 is %2")
                .arg(project.nestedColumn(), nested->id);
    return text;
}

/// A materialized view of which nothing says whose each row is.
ScopeText ofUnproven(const session::Project &project, const schema::Name &table)
{
    return {.kind = Chip::Kind::Warning,
            .before = QCoreApplication::translate("GridScope", "not shown to one %1")
                          .arg(withoutSuffix(project.nestedColumn())),
            .explanation = QCoreApplication::translate(
                               "GridScope", "A materialized view holds what was computed from the "
                                            "rows of all, and %1")
                               .arg(project.nestedScope(table).reason)};
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
    if (project.isUnproven(table))
        return ofUnproven(project, table);
    switch (project.scoping(table)) {
    case tenant::Scoping::Direct:
        return withShared(project, direct(project, table, what), table, what);
    case tenant::Scoping::ByPath: {
        ScopeText text = direct(project, table, what);
        const QString path = pathOf(project.tableScope(table));
        if (text.kind == Chip::Kind::Tenant && !path.isEmpty())
            text.explanation = withNested(
                project, table,
                QCoreApplication::translate("GridScope", "Only rows whose %1 is %2 along %3")
                    .arg(column, project.tenant()->id, path));
        return withShared(project, text, table, what);
    }
    case tenant::Scoping::BySchema:
        return ofSchema(project, table);
    case tenant::Scoping::Global:
        return ScopeText{
            .before = QCoreApplication::translate("GridScope", "global"),
            .explanation =
                QCoreApplication::translate("GridScope", "The same rows for every %1").arg(what)};
    case tenant::Scoping::ByQuery:
        return ofView(project, table, what);
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
        return QCoreApplication::translate("GridScope", "No rows of %1")
            .arg(project.chosenLabel(table));
    const tenant::Scoping scoping = project.scoping(table);
    const bool isOfAll = scoping == tenant::Scoping::Global || scoping == tenant::Scoping::Unscoped;
    return tenant && !isOfAll ? QCoreApplication::translate("GridScope", "No rows in %1")
                                    .arg(project.chosenLabel(table))
                              : QCoreApplication::translate("GridScope", "No rows");
}

} // namespace studio
