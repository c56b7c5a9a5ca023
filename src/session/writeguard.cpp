// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/writeguard.h"

#include "session/scopedrun.h"
#include "session/text.h"
#include "tenant/guard.h"
#include "tenant/triggers.h"

namespace session
{

using base::Error;
using base::Result;

Result<qint64> WriteGuard::number(const sql::Statement &statement)
{
    const Result<rows::Page> page = m_transaction.run(statement);
    if (!page)
        return page.error();
    return page->text(0, 0).toLongLong();
}

Result<tenant::WriteChecks> WriteGuard::checksFor(const QList<tenant::WriteTarget> &targets)
{
    const Result<rows::Page> page = m_transaction.run(tenant::keysQuestion());
    if (!page)
        return page.error();
    QList<tenant::LiveKey> keys;
    for (const QStringList &row : textsOf(*page))
        keys << tenant::keyOf(row);
    Result<tenant::WriteChecks> checks =
        tenant::writeChecks(targets, keys, m_classification, m_tenantId);
    if (!checks)
        return checks;
    if (const Result<base::Done> examined = examineTriggers(checks->tables); !examined)
        return examined.error();
    return checks;
}

/// The project's own triggers may do nothing but set columns of the row that is written.
Result<base::Done> WriteGuard::examineTriggers(const QList<schema::Name> &tables)
{
    m_trigger.clear();
    const Result<rows::Page> page = m_transaction.run(tenant::triggersQuestion(tables));
    if (!page)
        return page.error();
    const QList<QStringList> triggers = textsOf(*page);
    if (triggers.isEmpty())
        return base::Done{};
    tenant::Scoped named;
    if (const std::optional<Error> error = tenant::triggerRefusal(triggers, named))
        return *error;
    m_trigger = triggers.first();
    const Result<rows::Page> own = m_transaction.run(tenant::ownCodeQuestion(named));
    if (!own)
        return own.error();
    if (own->rowCount() > 0)
        return tenant::triggerRefusal(
            m_trigger, Text::tr("%1 is code of the project's own").arg(own->text(0, 1)));
    return base::Done{};
}

Result<bool> WriteGuard::reachesOthers()
{
    for (const sql::Statement &statement : m_checks.reachable) {
        const Result<qint64> found = number(statement);
        if (!found)
            return found.error();
        if (*found > 0)
            return true;
    }
    return false;
}

Result<QList<qint64>> WriteGuard::countOthers()
{
    QList<qint64> counts;
    for (const tenant::RowCheck &check : m_checks.others) {
        const Result<qint64> count = number(check.statement);
        if (!count)
            return count.error();
        counts << *count;
    }
    return counts;
}

std::optional<Error> WriteGuard::examineWritten()
{
    if (m_checks.written.isEmpty())
        return std::nullopt;
    const Result<rows::Page> own = m_transaction.run(
        {QStringLiteral("SELECT (pg_catalog.txid_current() % 4294967296)::text"), {}});
    if (!own)
        return own.error();
    for (const tenant::RowCheck &check : m_checks.written) {
        sql::Statement statement = check.statement;
        statement.parameters.first() = sql::parameter(own->text(0, 0));
        const Result<qint64> found = number(statement);
        if (!found)
            return found.error();
        if (*found > 0)
            return check.refusal;
    }
    return std::nullopt;
}

Result<base::Done> WriteGuard::admit(const QList<tenant::WriteTarget> &targets)
{
    if (const Result<tenant::WriteChecks> checks = checksFor(targets); !checks)
        return checks.error();
    return base::Done{};
}

Result<base::Done> WriteGuard::before(const QList<tenant::WriteTarget> &targets)
{
    Result<tenant::WriteChecks> checks = checksFor(targets);
    if (!checks)
        return checks.error();
    m_checks = std::move(*checks);
    m_others.reset();
    const Result<bool> reaches = reachesOthers();
    if (!reaches)
        return reaches.error();
    if (!*reaches)
        return base::Done{};
    // On others' rows an error of it would quote them.
    if (!m_trigger.isEmpty())
        return tenant::triggerRefusal(
            m_trigger, Text::tr("a foreign key may carry the change on to rows of other tenants"));
    const Result<QList<qint64>> counted = countOthers();
    if (!counted)
        return counted.error();
    m_others = *counted;
    return base::Done{};
}

Result<base::Done> WriteGuard::behind()
{
    if (const std::optional<Error> error = examineWritten())
        return *error;
    if (!m_others)
        return base::Done{};
    const Result<QList<qint64>> behind = countOthers();
    if (!behind)
        return behind.error();
    for (qsizetype i = 0; i < m_others->size(); ++i) {
        if (behind->at(i) != m_others->at(i))
            return m_checks.others.at(i).refusal;
    }
    return base::Done{};
}

} // namespace session
