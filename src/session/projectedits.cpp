// SPDX-License-Identifier: GPL-3.0-or-later
// How a project writes rows: staged edits and those of a file.
#include "session/editing.h"
#include "session/import.h"
#include "session/projectstate.h"

namespace session
{

using base::Error;
using base::Result;

namespace
{
/// What the server says of a write in a transaction that only reads.
const QString readOnlyState = QStringLiteral("25006");
} // namespace

/// Why \a text: there is no lease.
Error Project::Private::readOnly(const QString &text) const
{
    return {.kind = base::ErrorKind::Refused,
            .text = text,
            .where = q->serverText(),
            .detail = Project::tr("the connection is read-only"),
            .hint = Project::tr("allow writes first"),
            .sqlState = readOnlyState};
}

/// The server's own error of this kind is of a view that writes, or a function: it is read all the
/// same inside READ ONLY, and a lease changes nothing.
bool Project::wantsLease(const Error &error)
{
    return error.kind == base::ErrorKind::Refused && error.sqlState == readOnlyState;
}

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
        return base::ready(Result<CommitAnswer>(d->readOnly(tr("The edits were not saved"))));
    if (const std::optional<Error> error = d->tenantWanted())
        return base::ready(Result<CommitAnswer>(*error));
    const Result<std::shared_ptr<pg::Pool>> pool = d->connection();
    if (!pool)
        return base::ready(Result<CommitAnswer>(pool.error()));
    return commitEdits(*pool, staged, d->database.value.value_or(schema::Database()), reach());
}

QFuture<Result<ImportReport>> Project::importRows(ImportRequest request,
                                                  const std::shared_ptr<ImportProgress> &progress)
{
    if (!writable())
        return base::ready(Result<ImportReport>(d->readOnly(tr("The file was not imported"))));
    if (const std::optional<Error> error = d->tenantWanted())
        return base::ready(Result<ImportReport>(*error));
    const Result<std::shared_ptr<pg::Pool>> pool = d->connection();
    if (!pool)
        return base::ready(Result<ImportReport>(pool.error()));
    request.reach = reach();
    return importFile(*pool, request, progress);
}

QFuture<Result<QList<DeleteImpact>>> Project::deleteImpact(const QList<edits::RowId> &rows)
{
    if (const std::optional<Error> error = d->tenantWanted())
        return base::ready(Result<QList<DeleteImpact>>(*error));
    const Result<std::shared_ptr<pg::Pool>> pool = d->connection();
    if (!pool)
        return base::ready(Result<QList<DeleteImpact>>(pool.error()));
    return session::deleteImpact(**pool, rows, d->database.value.value_or(schema::Database()));
}

} // namespace session
