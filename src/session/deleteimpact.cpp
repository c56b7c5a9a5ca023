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
    bool isWholeTree = false; ///< with all that hang on them in their own table
};

/// Along which the deletion of a row goes on to rows of the same table.
QList<schema::ForeignKey> ownCascades(const schema::Table &table)
{
    QList<schema::ForeignKey> keys;
    for (const schema::ForeignKey &key : table.foreignKeys) {
        if (schema::Name{key.targetSchema, key.targetTable} == table.name &&
            key.onDelete.toLower() == QLatin1String("cascade"))
            keys << key;
    }
    return keys;
}

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
            const QList<schema::ForeignKey> own =
                table.name == parents.table ? ownCascades(table) : QList<schema::ForeignKey>();
            for (const schema::ForeignKey &key : table.foreignKeys) {
                if (schema::Name{key.targetSchema, key.targetTable} != parents.table)
                    continue;
                const bool isOwn = own.contains(key);
                if (isOwn && (parents.isWholeTree || key != own.first()))
                    continue; // counted with the first
                const RowsMeant rows =
                    isOwn ? treeBelow(table, own, parents)
                          : RowsMeant{table.name, alias(), refersTo(parents, key, alias()),
                                      parents.parameters};
                const Result<DeleteImpact> impact = impactOf(table, key, rows);
                if (!impact)
                    return impact.error();
                if (impact->rows > 0 || impact->hasOthers)
                    impacts << *impact;
            }
        }
        return impacts;
    }

private:
    QString alias() const { return QStringLiteral("t%1").arg(m_path.size() + 1); }

    /// True for rows, called \a own, that refer to \a parents along \a key.
    static QString refersTo(const RowsMeant &parents, const schema::ForeignKey &key,
                            const QString &own)
    {
        return QStringLiteral("(%1) IN (SELECT %2 FROM %3 AS %4 WHERE %5)")
            .arg(edits::columnsText(own, key.columns),
                 edits::columnsText(parents.alias, key.targetColumns),
                 tenant::qualifiedName(parents.table), parents.alias, parents.condition);
    }

    /// All that hang on \a parents in their own table, however deep.
    RowsMeant treeBelow(const schema::Table &table, const QList<schema::ForeignKey> &keys,
                        const RowsMeant &parents) const
    {
        QStringList key = edits::editKey(table);
        if (key.isEmpty())
            key = keys.first().targetColumns;
        tenant::Conditions conditions(m_reach.classification, m_reach.tenant, parents.parameters);
        const QString tree = treeText(table, keys, parents, key, conditions);
        return {.table = table.name,
                .alias = alias(),
                .condition =
                    QStringLiteral("(%1) IN (%2 EXCEPT SELECT %3 FROM %4 AS %5 WHERE %6)")
                        .arg(edits::columnsText(alias(), key), tree,
                             edits::columnsText(parents.alias, key),
                             tenant::qualifiedName(table.name), parents.alias, parents.condition),
                .parameters = conditions.parameters(),
                .isWholeTree = true};
    }

    /// Their keys. With a tenant it goes on below the tenant's only, as from table to table.
    QString treeText(const schema::Table &table, const QList<schema::ForeignKey> &keys,
                     const RowsMeant &parents, const QStringList &key,
                     tenant::Conditions &conditions) const
    {
        const QString first = alias() + QStringLiteral("_f"), next = alias() + QStringLiteral("_n"),
                      tree = alias() + QStringLiteral("_t");
        QStringList columns = key, isFirst, isNext, names;
        for (const schema::ForeignKey &each : keys) {
            isFirst << refersTo(parents, each, first);
            isNext << u'(' + refersToTree(each, next, tree, columns) + u')';
        }
        for (qsizetype i = 0; i < columns.size(); ++i)
            names << QStringLiteral("c%1").arg(i);
        const auto goesOn = [&](const QString &row) {
            return m_reach.tenant.isEmpty()
                       ? QStringLiteral("true")
                       : QStringLiteral("(%1) IS TRUE")
                             .arg(conditions.of(table.name, row, row + QStringLiteral("_w")));
        };
        return QStringLiteral("WITH RECURSIVE %1(%2, goes_on) AS (SELECT %3, %4 FROM %5 AS %6 "
                              "WHERE %7 UNION SELECT %8, %9 FROM %5 AS %10 JOIN %1 ON %11 WHERE "
                              "%1.goes_on) SELECT %12 FROM %1")
            .arg(tree, names.join(QStringLiteral(", ")), edits::columnsText(first, columns),
                 goesOn(first), tenant::qualifiedName(table.name), first,
                 isFirst.join(QStringLiteral(" OR ")), edits::columnsText(next, columns),
                 goesOn(next), next, isNext.join(QStringLiteral(" OR ")),
                 names.first(key.size()).join(QStringLiteral(", ")));
    }

    /// True for rows, called \a own, that refer along \a key to one in \a tree, of which there are
    /// \a columns; those that are wanted, too, are added.
    static QString refersToTree(const schema::ForeignKey &key, const QString &own,
                                const QString &tree, QStringList &columns)
    {
        QStringList same;
        for (qsizetype i = 0; i < key.columns.size(); ++i) {
            const QString &target = key.targetColumns.at(i);
            if (!columns.contains(target))
                columns << target;
            same << QStringLiteral("%1 = %2.c%3")
                        .arg(edits::columnsText(own, {key.columns.at(i)}), tree,
                             QString::number(columns.indexOf(target)));
        }
        return same.join(QStringLiteral(" AND "));
    }

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
        impact.isCutOff = isDeleted && ((m_path.contains(table.name) && !referring.isWholeTree) ||
                                        m_path.size() >= deepest);
        if (!isDeleted || impact.isCutOff)
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
