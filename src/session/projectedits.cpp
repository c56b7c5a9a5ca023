// SPDX-License-Identifier: GPL-3.0-or-later
// How a project writes staged edits.
#include "session/editing.h"
#include "session/projectstate.h"

namespace session
{

using base::Error;
using base::Result;

Editing &Project::editing()
{
    return *d->editing;
}

edits::Reach Project::reach() const
{
    return {.classification = d->classification, .tenant = d->tenant ? d->tenant->id : QString()};
}

QString Project::databaseText() const
{
    const Result<pg::Target> target = pg::target(d->server());
    return target ? target->display() : QString();
}

QFuture<Result<CommitAnswer>> Project::commit(const edits::Staged &staged)
{
    if (!writable())
        return base::ready(Result<CommitAnswer>(Error{.kind = base::ErrorKind::Refused,
                                                      .text = tr("The edits were not saved"),
                                                      .where = serverText(),
                                                      .detail = tr("the connection is read-only"),
                                                      .hint = tr("allow writes first")}));
    const Result<std::shared_ptr<pg::Pool>> pool = d->connection();
    if (!pool)
        return base::ready(Result<CommitAnswer>(pool.error()));
    return commitEdits(*pool, staged, d->database.value.value_or(schema::Database()), reach());
}

QFuture<Result<QList<DeleteImpact>>> Project::deleteImpact(const QList<edits::RowId> &rows)
{
    const Result<std::shared_ptr<pg::Pool>> pool = d->connection();
    if (!pool)
        return base::ready(Result<QList<DeleteImpact>>(pool.error()));
    return session::deleteImpact(**pool, rows, d->database.value.value_or(schema::Database()));
}

} // namespace session
