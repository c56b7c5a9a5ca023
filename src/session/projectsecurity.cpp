// SPDX-License-Identifier: GPL-3.0-or-later
// How a project looks at the database as another role.
#include "session/projectstate.h"
#include "session/rowsecurity.h"
#include "session/text.h"
#include "tenant/materialized.h"
#include "tenant/schemas.h"
#include "tenant/scope.h"

#include <algorithm>

namespace session
{

using base::Error;
using base::ErrorKind;
using base::Result;

/// The rows that \a select takes from a table or view as they come, kept to the tenant. A view's
/// query cannot be kept to it table by table here, as then the rights of another role would count:
/// its rows have to say whose they are.
Result<query::Select> Project::Private::scopedAsTheyCome(const query::Select &select) const
{
    if (!tenant || !tenant::readsViews(select, classification, *q->tenantId()))
        return q->scoped(select);
    const schema::Name &name = select.from.table;
    const auto refused = [&](const QString &why) {
        return Error{
            .kind = ErrorKind::Refused,
            .text = Text::tr("The rows of %1 are not shown to one tenant").arg(name.qualified()),
            .detail = why,
            .hint = Text::tr("they are counted only; all tenants may be chosen for a while")};
    };
    const QList<schema::View> views =
        database.value ? database.value->views : QList<schema::View>();
    const auto view = std::ranges::find(views, name, &schema::View::name);
    if (view == views.cend() || !select.joins.isEmpty())
        return refused(Text::tr("nothing is known of it"));
    tenant::Classification known = classification;
    if (!classification.schemas.isEmpty()) {
        const tenant::TableScope all =
            tenant::scopeOfSchemaView(*view, *database.value, classification);
        if (all.scoping == tenant::Scoping::ByQuery)
            return refused(all.reason);
        known.tables.insert(name, all);
        return tenant::scoped(select, known, *q->tenantId());
    }
    tenant::TableScope scope = known.tables.value(name);
    if (!view->materialized)
        scope = tenant::scopeOfMaterialized(*view, *database.value, classification);
    if (scope.scoping != tenant::Scoping::Direct && scope.scoping != tenant::Scoping::Global)
        return refused(scope.reason);
    known.tables.insert(name, scope);
    if (nested && scope.scoping == tenant::Scoping::Direct) {
        const tenant::TableScope inner = tenant::scopeOfMaterialized(
            *view, *database.value,
            {.column = known.nested->column, .tables = known.nested->tables});
        if (inner.scoping != tenant::Scoping::Direct && inner.scoping != tenant::Scoping::Global)
            return refused(inner.reason);
        known.nested->tables.insert(name, inner);
    }
    return tenant::scoped(select, known, *q->tenantId());
}

QFuture<Result<QStringList>> Project::roles()
{
    const Result<std::shared_ptr<pg::Pool>> pool = d->connection();
    return pool ? session::roles(*pool) : base::ready(Result<QStringList>(pool.error()));
}

QFuture<Result<QList<TableAccess>>> Project::rowSecurity(const QString &role)
{
    const Result<std::shared_ptr<pg::Pool>> pool = d->connection();
    return pool ? session::rowSecurity(*pool, role)
                : base::ready(Result<QList<TableAccess>>(pool.error()));
}

QFuture<Result<rows::Page>> Project::fetchAs(const query::Select &select,
                                             const tenant::Persona &persona)
{
    return d->kept<rows::Page>(select, [this, select, persona](const auto &pool) {
        const Result<query::Select> shown = d->scopedAsTheyCome(select);
        if (!shown)
            return base::ready(Result<rows::Page>(shown.error()));
        return runAs(pool, persona, query::render(query::qualified(*shown)).statement,
                     d->tenant ? Quoted::OwnOnly : Quoted::Any);
    });
}

QFuture<Result<rows::Page>> Project::countAs(const query::Select &select,
                                             const tenant::Persona &persona, Rows rows)
{
    return d->kept<rows::Page>(select, [this, select, persona, rows](const auto &pool) {
        const Result<query::Select> counted =
            rows == Rows::OfTheTenant ? d->scopedAsTheyCome(select) : select;
        if (!counted)
            return base::ready(Result<rows::Page>(counted.error()));
        return runAs(pool, persona, query::renderCount(query::qualified(*counted)).statement,
                     d->tenant ? Quoted::OwnOnly : Quoted::Any);
    });
}

} // namespace session
