// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/deleteimpact.h"

#include "base/receive.h"
#include "sql/identifier.h"
#include "tenant/condition.h"

namespace session
{

using base::Result;

namespace
{
using Impacts = QList<DeleteImpact>;
constexpr qsizetype deepest = 12;

QString listOf(const QString &alias, const QStringList &columns)
{
    QStringList texts;
    for (const QString &column : columns)
        texts << alias + u'.' + sql::identifier(column);
    return u'(' + texts.join(QStringLiteral(", ")) + u')';
}

class Walk
{
public:
    Walk(pg::Transaction &transaction, const schema::Database &live,
         QList<sql::Parameter> parameters)
        : m_transaction(transaction)
        , m_live(live)
        , m_parameters(std::move(parameters))
    {
    }

    /// What refers to the rows of \a parent that meet \a condition, in which they are called
    /// \a alias.
    Result<Impacts> below(const schema::Name &parent, const QString &alias,
                          const QString &condition)
    {
        Impacts impacts;
        for (const schema::Table &table : m_live.tables) {
            for (const schema::ForeignKey &key : table.foreignKeys) {
                if (schema::Name{key.targetSchema, key.targetTable} != parent)
                    continue;
                const QString own = QStringLiteral("t%1").arg(m_path.size() + 1);
                const QString refers = QStringLiteral("%1 IN (SELECT %2 FROM %3 AS %4 WHERE %5)")
                                           .arg(listOf(own, key.columns),
                                                listOf(alias, key.targetColumns).mid(1).chopped(1),
                                                tenant::qualifiedName(parent), alias, condition);
                const Result<DeleteImpact> impact = impactOf(table.name, key, own, refers);
                if (!impact)
                    return impact.error();
                if (impact->rows > 0)
                    impacts << *impact;
            }
        }
        return impacts;
    }

private:
    Result<DeleteImpact> impactOf(const schema::Name &table, const schema::ForeignKey &key,
                                  const QString &alias, const QString &condition)
    {
        const Result<rows::Page> page =
            m_transaction.run({QStringLiteral("SELECT count(*) FROM %1 AS %2 WHERE %3")
                                   .arg(tenant::qualifiedName(table), alias, condition),
                               m_parameters});
        if (!page)
            return page.error();
        DeleteImpact impact{.table = table,
                            .columns = key.columns,
                            .action = key.onDelete.toLower(),
                            .rows = page->text(0, 0).toLongLong(),
                            .below = {}};
        const bool goesOn = impact.rows > 0 && impact.action == QLatin1String("cascade") &&
                            !m_path.contains(table) && m_path.size() < deepest;
        if (!goesOn)
            return impact;
        m_path << table;
        const Result<Impacts> further = below(table, alias, condition);
        m_path.removeLast();
        if (!further)
            return further.error();
        impact.below = *further;
        return impact;
    }

    pg::Transaction &m_transaction;
    const schema::Database &m_live;
    const QList<sql::Parameter> m_parameters;
    QList<schema::Name> m_path;
};

} // namespace

bool DeleteImpact::blocks() const
{
    return action == QLatin1String("restrict") || action == QLatin1String("no action");
}

QFuture<Result<Impacts>> deleteImpact(pg::Pool &pool, const QList<edits::RowId> &rows,
                                      const schema::Database &live)
{
    if (rows.isEmpty())
        return base::ready(Result<Impacts>(Impacts()));
    QStringList tuples;
    QList<sql::Parameter> parameters;
    for (const edits::RowId &row : rows) {
        QStringList places;
        for (const QByteArray &value : row.key) {
            parameters << value;
            places << QStringLiteral("$%1").arg(parameters.size());
        }
        tuples << u'(' + places.join(QStringLiteral(", ")) + u')';
    }
    const QString condition = listOf(QStringLiteral("t0"), rows.first().keyColumns) +
                              QStringLiteral(" IN (") + tuples.join(QStringLiteral(", ")) + u')';
    return pool.transact<Impacts>(pg::Access::Read, [table = rows.first().table, live, parameters,
                                                     condition](pg::Transaction &transaction) {
        return Walk(transaction, live, parameters).below(table, QStringLiteral("t0"), condition);
    });
}

} // namespace session
