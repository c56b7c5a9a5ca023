// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/project.h"
#include "session/projectstate.h"

#include "session/text.h"

namespace session
{

using base::Error;
using base::Result;

namespace
{
Error notConnected()
{
    return {.kind = base::ErrorKind::InvalidInput,
            .text = Text::tr("The database was not read yet"),
            .hint = Text::tr("connect first")};
}
} // namespace

QFuture<Result<QList<AuditFinding>>> Project::audit()
{
    using Findings = QList<AuditFinding>;
    if (const std::optional<Error> error = d->tenantWanted())
        return base::ready(Result<Findings>(*error));
    const Result<std::shared_ptr<pg::Pool>> pool = d->connection();
    if (!pool)
        return base::ready(Result<Findings>(pool.error()));
    if (!d->database.value)
        return base::ready(Result<Findings>(notConnected()));
    return session::audit(**pool, tenant::auditKeys(*d->database.value, d->classification),
                          d->classification, d->tenant ? d->tenant->id : QString());
}

QFuture<Result<rows::Page>> Project::auditRows(const tenant::AuditKey &key,
                                               std::optional<qint64> limit)
{
    if (const std::optional<Error> error = d->tenantWanted())
        return base::ready(Result<rows::Page>(*error));
    const Result<std::shared_ptr<pg::Pool>> pool = d->connection();
    if (!pool)
        return base::ready(Result<rows::Page>(pool.error()));
    const schema::Table *table = d->database.value ? d->database.value->table(key.table) : nullptr;
    if (!table)
        return base::ready(Result<rows::Page>(notConnected()));
    return (*pool)->run(tenant::auditRows(key, *table, d->classification,
                                          d->tenant ? d->tenant->id : QString(), limit));
}

AuditRemedy Project::auditRemedy(const tenant::AuditKey &key) const
{
    return remedyOf(key, d->code.value ? d->code.value->schema : schema::Database(),
                    d->database.value.value_or(schema::Database()), d->classification);
}

} // namespace session
