// SPDX-License-Identifier: GPL-3.0-or-later
// How a project looks at the database as another role.
#include "session/projectstate.h"
#include "session/rowsecurity.h"

namespace session
{

using base::Result;

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
        return runAs(pool, persona, query::render(query::qualified(scoped(select))).statement,
                     d->tenant ? Quoted::OwnOnly : Quoted::Any);
    });
}

QFuture<Result<rows::Page>> Project::countAs(const query::Select &select,
                                             const tenant::Persona &persona, Rows rows)
{
    return d->kept<rows::Page>(select, [this, select, persona, rows](const auto &pool) {
        const query::Select counted = rows == Rows::OfTheTenant ? scoped(select) : select;
        return runAs(pool, persona, query::renderCount(query::qualified(counted)).statement,
                     d->tenant ? Quoted::OwnOnly : Quoted::Any);
    });
}

} // namespace session
