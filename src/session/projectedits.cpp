// SPDX-License-Identifier: GPL-3.0-or-later
// How a project writes rows: staged edits and those of a file.
#include "session/editing.h"
#include "session/import.h"
#include "session/projectstate.h"

#include <algorithm>

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
    edits::Reach reach{.classification = d->classification,
                       .tenant = tenantId().value_or(tenant::TenantId())};
    const std::optional<QList<Tenant>> &known = d->tenants.value;
    if (reach.tenant.isEmpty() || !known)
        return reach;
    for (const edits::RowEdit &row : d->editing->staged().rows) {
        const QString &id = row.tenant.tenant;
        if (id == reach.tenant.tenant || reach.names.contains(id))
            continue;
        const auto found = std::ranges::find(*known, id, &Tenant::id);
        if (found != known->cend())
            reach.names.insert(id, found->text());
    }
    return reach;
}

QString Project::databaseText() const
{
    const Result<pg::Target> target = pg::target(d->server());
    return target ? target->display() : QString();
}

QFuture<Result<CommitAnswer>> Project::commit(const edits::Staged &staged)
{
    const auto refused = [this] {
        return base::ready(Result<CommitAnswer>(d->readOnly(tr("The edits were not saved"))));
    };
    if (!writable())
        return refused();
    return d->kept<CommitAnswer>(std::nullopt, [this, staged, refused](const auto &pool) {
        // A lease may have ended while it was found out whose rows are whose.
        return writable() ? commitEdits(pool, staged,
                                        d->database.value.value_or(schema::Database()), reach())
                          : refused();
    });
}

QFuture<Result<ImportReport>> Project::importRows(ImportRequest request,
                                                  const std::shared_ptr<ImportProgress> &progress)
{
    const auto refused = [this] {
        return base::ready(Result<ImportReport>(d->readOnly(tr("The file was not imported"))));
    };
    if (!writable())
        return refused();
    return d->kept<ImportReport>(
        std::nullopt, [this, request = std::move(request), progress, refused](const auto &pool) {
            if (!writable())
                return refused();
            ImportRequest ofTenant = request;
            ofTenant.reach = reach();
            return importFile(pool, ofTenant, progress);
        });
}

QFuture<Result<Deletion>> Project::deleteImpact(const QList<edits::RowId> &rows)
{
    return d->kept<Deletion>(std::nullopt, [this, rows](const auto &pool) {
        return session::deleteImpact(*pool, rows, d->database.value.value_or(schema::Database()),
                                     reach());
    });
}

} // namespace session
