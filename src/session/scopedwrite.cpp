// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/scopedwrite.h"

namespace session
{

using base::Error;
using base::Result;

Result<qint64> ScopedWrite::number(const sql::Statement &statement)
{
    const Result<rows::Page> page = m_transaction.run(statement);
    if (!page)
        return page.error();
    return page->text(0, 0).toLongLong();
}

Result<tenant::WriteChecks> ScopedWrite::checksFor(const tenant::Scoped &scoped)
{
    const Result<rows::Page> page = m_transaction.run(tenant::keysQuestion());
    if (!page)
        return page.error();
    QList<tenant::LiveKey> keys;
    for (const QStringList &row : textsOf(*page))
        keys << tenant::keyOf(row);
    Result<tenant::WriteChecks> checks =
        tenant::writeChecks(scoped.targets, keys, m_query.classification, m_query.tenantId);
    if (!checks)
        return checks;
    const Result<rows::Page> triggers = m_transaction.run(tenant::triggersQuestion(checks->tables));
    if (!triggers)
        return triggers.error();
    if (triggers->rowCount() > 0)
        return tenant::triggerRefusal(textsOf(*triggers).first());
    return checks;
}

Result<bool> ScopedWrite::reachesOthers(const tenant::WriteChecks &checks)
{
    for (const sql::Statement &statement : checks.reachable) {
        const Result<qint64> found = number(statement);
        if (!found)
            return found.error();
        if (*found > 0)
            return true;
    }
    return false;
}

Result<QList<qint64>> ScopedWrite::countOthers(const tenant::WriteChecks &checks)
{
    QList<qint64> counts;
    for (const tenant::RowCheck &check : checks.others) {
        const Result<qint64> count = number(check.statement);
        if (!count)
            return count.error();
        counts << *count;
    }
    return counts;
}

std::optional<Error> ScopedWrite::examineWritten(const tenant::WriteChecks &checks)
{
    if (checks.written.isEmpty())
        return std::nullopt;
    const Result<rows::Page> own = m_transaction.run(
        {QStringLiteral("SELECT (pg_catalog.txid_current() % 4294967296)::text"), {}});
    if (!own)
        return own.error();
    for (const tenant::RowCheck &check : checks.written) {
        sql::Statement statement = check.statement;
        statement.parameters << sql::parameter(own->text(0, 0));
        const Result<qint64> found = number(statement);
        if (!found)
            return found.error();
        if (*found > 0)
            return check.refusal;
    }
    return std::nullopt;
}

Result<rows::Page> ScopedWrite::checkedRun(const tenant::Scoped &scoped)
{
    const Result<tenant::WriteChecks> checks = checksFor(scoped);
    if (!checks)
        return checks.error();
    const Result<bool> reaches = reachesOthers(*checks);
    if (!reaches)
        return reaches.error();
    Result<QList<qint64>> before = QList<qint64>();
    if (*reaches)
        before = countOthers(*checks);
    if (!before)
        return before.error();
    Result<rows::Page> page = m_run.run(scoped);
    if (!page)
        return tenant::theftRefusal(page.error(), scoped).value_or(page.error());
    if (const std::optional<Error> error = examineWritten(*checks))
        return *error;
    if (!*reaches)
        return page;
    const Result<QList<qint64>> behind = countOthers(*checks);
    if (!behind)
        return behind.error();
    for (qsizetype i = 0; i < before->size(); ++i) {
        if (behind->at(i) != before->at(i))
            return checks->others.at(i).refusal;
    }
    return page;
}

Result<rows::Page> ScopedWrite::attempt(tenant::Fence fence)
{
    // One snapshot for the checks before, the statement and those behind it.
    const Result<rows::Page> begun =
        m_transaction.run({QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ"), {}});
    if (!begun)
        return begun;
    const Result<tenant::Scoped> scoped = m_run.prepare(fence);
    if (!scoped)
        return scoped.error();
    Result<rows::Page> page = scoped->targets.isEmpty() ? m_run.run(*scoped) : checkedRun(*scoped);
    if (!page)
        return page;
    const Result<rows::Page> committed = m_transaction.run({QStringLiteral("COMMIT"), {}});
    return committed ? page : committed;
}

} // namespace session
