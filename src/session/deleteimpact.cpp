// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/deleteimpact.h"

#include "base/receive.h"
#include "edits/cascade.h"
#include "session/writeguard.h"
#include "tenant/condition.h"

#include <algorithm>

namespace session
{

using base::Result;

namespace
{
using Impacts = QList<DeleteImpact>;
constexpr qsizetype deepest = 12;

/// Rows, called `alias`, and the parameters of what they meet.
struct RowsMeant {
    schema::Name table;
    QString alias;
    QString condition;
    QList<sql::Parameter> parameters;
};

class Walk
{
public:
    Walk(pg::Transaction &transaction, const schema::Database &live, const edits::Reach &reach,
         schema::Name root)
        : m_transaction(transaction)
        , m_live(live)
        , m_reach(reach)
        , m_root(std::move(root))
    {
    }

    /// Keeps the rows to the tenant.
    RowsMeant kept(RowsMeant rows) const
    {
        if (m_reach.tenant.isEmpty())
            return rows;
        tenant::Conditions conditions(m_reach.classification, m_reach.tenant, rows.parameters);
        const QString own =
            conditions.of(rows.table, rows.alias, rows.alias + QStringLiteral("_w"));
        rows.condition = QStringLiteral("(%1) AND (%2)").arg(rows.condition, own);
        rows.parameters = conditions.parameters();
        return rows;
    }

    /// What refers to \a parents.
    Result<Impacts> below(const RowsMeant &parents)
    {
        Impacts impacts;
        for (const schema::Table &table : m_live.tables) {
            for (const schema::ForeignKey &key : table.foreignKeys) {
                if (schema::Name{key.targetSchema, key.targetTable} != parents.table)
                    continue;
                const QString own = QStringLiteral("t%1").arg(m_path.size() + 1);
                const QString refers =
                    QStringLiteral("(%1) IN (SELECT %2 FROM %3 AS %4 WHERE %5)")
                        .arg(edits::columnsText(own, key.columns),
                             edits::columnsText(parents.alias, key.targetColumns),
                             tenant::qualifiedName(parents.table), parents.alias,
                             parents.condition);
                const Result<DeleteImpact> impact =
                    impactOf(table, key, {table.name, own, refers, parents.parameters});
                if (!impact)
                    return impact.error();
                if (impact->rows > 0 || impact->hasOthers)
                    impacts << *impact;
            }
        }
        return impacts;
    }

private:
    /// Of the rows \a meant: how many, and whether some are not the tenant's. No number of those.
    Result<rows::Page> count(const RowsMeant &meant)
    {
        const QString from =
            QStringLiteral(" FROM %1 AS %2 WHERE %3")
                .arg(tenant::qualifiedName(meant.table), meant.alias, meant.condition);
        if (m_reach.tenant.isEmpty())
            return m_transaction.run(
                {QStringLiteral("SELECT count(*), false") + from, meant.parameters});
        tenant::Conditions conditions(m_reach.classification, m_reach.tenant, meant.parameters);
        const QString own =
            conditions.of(meant.table, meant.alias, meant.alias + QStringLiteral("_w"));
        return m_transaction.run(
            {QStringLiteral("SELECT count(*) FILTER (WHERE %1), count(*) FILTER (WHERE (%1) IS NOT "
                            "TRUE) > 0")
                     .arg(own) +
                 from,
             conditions.parameters()});
    }

    /// Whether one of the tables whose rows go with them refers to \a table, too.
    bool isReferredToAbove(const schema::Name &table) const
    {
        const auto refers = [&](const schema::Name &name) {
            const schema::Table *above = name == table ? nullptr : m_live.table(name);
            return above && std::ranges::any_of(above->foreignKeys, [&](const auto &key) {
                       return schema::Name{key.targetSchema, key.targetTable} == table;
                   });
        };
        return refers(m_root) || std::ranges::any_of(m_path, refers);
    }

    Result<DeleteImpact> impactOf(const schema::Table &table, const schema::ForeignKey &key,
                                  const RowsMeant &referring)
    {
        const Result<rows::Page> page = count(referring);
        if (!page)
            return page.error();
        DeleteImpact impact{.table = table.name,
                            .columns = key.columns,
                            .action = key.onDelete.toLower(),
                            .rows = page->text(0, 0).toLongLong(),
                            .hasOthers = page->text(0, 1) == QLatin1String("t"),
                            .hasKey = !edits::editKey(table).isEmpty(),
                            .below = {}};
        const bool isDeleted = impact.rows > 0 && impact.action == QLatin1String("cascade");
        impact.isCircular = isDeleted && isReferredToAbove(table.name);
        const bool goesOn = isDeleted && !m_path.contains(table.name) && m_path.size() < deepest;
        if (!goesOn)
            return impact;
        m_path << table.name;
        const Result<Impacts> further = below(kept(referring));
        m_path.removeLast();
        if (!further)
            return further.error();
        impact.below = *further;
        return impact;
    }

    pg::Transaction &m_transaction;
    const schema::Database &m_live;
    const edits::Reach &m_reach;
    const schema::Name m_root;
    QList<schema::Name> m_path;
};

Result<Deletion> deletionOf(pg::Transaction &transaction, const schema::Database &live,
                            const edits::Reach &reach, const RowsMeant &meant)
{
    Deletion deletion;
    if (!reach.tenant.isEmpty()) {
        const tenant::WriteTarget target{
            .table = meant.table, .alias = meant.alias, .use = sql::Use::Delete};
        WriteGuard guard(transaction, reach.classification, reach.tenant);
        const Result<base::Done> admitted = guard.admit({target});
        if (!admitted && admitted.error().kind != base::ErrorKind::Refused)
            return admitted.error();
        if (!admitted)
            deletion.refusal = admitted.error();
    }
    Walk walk(transaction, live, reach, meant.table);
    Result<Impacts> referring = walk.below(walk.kept(meant));
    if (!referring)
        return referring.error();
    deletion.referring = *referring;
    return deletion;
}

} // namespace

bool DeleteImpact::blocks() const
{
    return action == QLatin1String("restrict") || action == QLatin1String("no action");
}

QFuture<Result<Deletion>> deleteImpact(pg::Pool &pool, const QList<edits::RowId> &rows,
                                       const schema::Database &live, const edits::Reach &reach)
{
    if (rows.isEmpty())
        return base::ready(Result<Deletion>(Deletion()));
    QList<sql::Parameter> parameters;
    const QString condition = edits::isOneOf(rows, QStringLiteral("t0"), parameters);
    const RowsMeant meant{rows.first().table, QStringLiteral("t0"), condition, parameters};
    return pool.transact<Deletion>(pg::Access::Read,
                                   [live, reach, meant](pg::Transaction &transaction) {
                                       return deletionOf(transaction, live, reach, meant);
                                   });
}

} // namespace session
