// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/writecheck.h"

#include "sql/identifier.h"
#include "tenant/condition.h"
#include "tenant/refusal.h"
#include "tenant/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>

namespace tenant
{

using base::Error;
using base::Result;

namespace
{

QString isNot(Conditions &conditions, const schema::Name &table, const QString &row,
              Rows rows = Rows::Own)
{
    return QStringLiteral("(%1) IS NOT TRUE").arg(conditions.of(table, row, row, rows));
}

/// r.a = p.x AND r.b = p.y
QString joined(const LiveKey &key)
{
    QStringList pairs;
    for (qsizetype i = 0; i < key.columns.size(); ++i)
        pairs << QStringLiteral("r.%1 = p.%2")
                     .arg(sql::identifier(key.columns.at(i)),
                          sql::identifier(key.targetColumns.value(i)));
    return pairs.join(QStringLiteral(" AND "));
}

/// Rows called r: where they are, which of them, and what is asked of those found.
struct RowsAsked {
    QString relation;
    QString which;                         ///< a condition with AND behind it, or nothing
    QString shape;                         ///< the question, %1 is from FROM on
    QList<sql::Parameter> parameters = {}; ///< of `which`
};

/// Makes the questions for the tenant, and those for the nested one behind them: a row that leaves
/// both is said to leave the tenant.
class ForeignRows
{
public:
    ForeignRows(const schema::Name &table, const RowsAsked &rows, const QList<LiveKey> &keys,
                const Classification &classification)
        : m_table(table)
        , m_rows(rows)
        , m_keys(keys)
        , m_classification(classification)
    {
    }

    QList<RowCheck> of(const TenantId &tenantId) const
    {
        QList<RowCheck> all;
        for (const TenantId &level : levelsOf(tenantId))
            all << checks(level);
        return all;
    }

    /// Where no column of the table itself says whose a row is, what it points at says more.
    QList<RowCheck> pointingFirst(const TenantId &tenantId) const
    {
        QList<RowCheck> all;
        for (const TenantId &level : levelsOf(tenantId)) {
            QList<RowCheck> found = checks(level);
            if (scopeAt(level).scoping != Scoping::Direct)
                std::ranges::reverse(found);
            all << found;
        }
        return all;
    }

private:
    static QList<TenantId> levelsOf(const TenantId &tenantId)
    {
        QList<TenantId> levels{tenantId.tenant};
        if (!tenantId.nested.isEmpty())
            levels << tenantId;
        return levels;
    }

    TableScope scopeAt(const TenantId &level) const
    {
        const auto &nested = m_classification.nested;
        return level.nested.isEmpty() ? m_classification.tables.value(m_table)
               : nested               ? nested->tables.value(m_table)
                                      : TableScope();
    }

    /// Asks for rows of the table that are not the tenant's, or point at a row that is not.
    QList<RowCheck> checks(const TenantId &tenantId) const
    {
        Conditions own(m_classification, tenantId, m_rows.parameters);
        const QString rows =
            QStringLiteral("FROM %1 AS r WHERE %2%3")
                .arg(m_rows.relation, m_rows.which, isNot(own, m_table, QStringLiteral("r")));
        QList<RowCheck> checks{{{m_rows.shape.arg(rows), own.parameters()}, leaving(tenantId)}};
        for (const LiveKey &key : m_keys) {
            const Standing stands = standing(key.target, m_classification, tenantId);
            const bool isFree = stands == Standing::None || stands == Standing::Whole;
            if (key.table != m_table || isFree)
                continue;
            Conditions target(m_classification, tenantId, m_rows.parameters);
            const QString from =
                QStringLiteral("FROM %1 AS r JOIN %2 AS p ON %3 WHERE %4%5")
                    .arg(m_rows.relation, qualifiedName(key.target), joined(key), m_rows.which,
                         isNot(target, key.target, QStringLiteral("p"), Rows::Shown));
            checks << RowCheck{{m_rows.shape.arg(from), target.parameters()},
                               pointing(key, tenantId)};
        }
        return checks;
    }

    Error leaving(const TenantId &tenantId) const
    {
        const TableScope scope = scopeAt(tenantId);
        const QString column =
            scope.path.isEmpty() ? scope.column : scope.path.first().columns.value(0);
        if (!tenantId.nested.isEmpty())
            return refused(Text::tr("a row it writes would not belong to the %1 %2")
                               .arg(nestedColumn(), tenantId.nested),
                           {m_table.qualified() + u'.' + column, {}},
                           Text::tr("write the chosen %1").arg(nestedColumn()));
        return refused(Text::tr("a row it writes would not belong to the tenant"),
                       {m_table.qualified(), {}},
                       m_classification.column.isEmpty()
                           ? Text::tr("write to the tenant's own schema")
                           : Text::tr("write the tenant's own %1").arg(m_classification.column));
    }

    Error pointing(const LiveKey &key, const TenantId &tenantId) const
    {
        const sql::WordPlace where{m_table.qualified() + u'.' + key.columns.join(u','), {}};
        if (!tenantId.nested.isEmpty())
            return refused(Text::tr("a row it writes would point at a row of another %1 in %2")
                               .arg(nestedColumn(), key.target.qualified()),
                           where, Text::tr("point at a row of the same %1").arg(nestedColumn()));
        return refused(Text::tr("a row it writes would point at a row of another tenant in %1")
                           .arg(key.target.qualified()),
                       where, Text::tr("point at a row of the same tenant"));
    }

    QString nestedColumn() const
    {
        return m_classification.nested ? m_classification.nested->column : QString();
    }

    const schema::Name &m_table;
    const RowsAsked &m_rows;
    const QList<LiveKey> &m_keys;
    const Classification &m_classification;
};

bool cascades(QChar action)
{
    return action == u'c' || action == u'n' || action == u'd';
}

class Checks
{
public:
    Checks(const QList<LiveKey> &keys, const Classification &classification,
           const TenantId &tenantId)
        : m_keys(keys)
        , m_classification(classification)
        , m_tenantId(tenantId)
    {
    }

    Result<WriteChecks> run(const QList<WriteTarget> &targets)
    {
        for (const WriteTarget &target : targets) {
            // A part has a row of the whole, and tables that inherit have keys of their own.
            QList<schema::Name> written{target.scopedAs()};
            for (const schema::Name &part : target.parts) {
                if (m_classification.tables.contains(part))
                    written << part;
            }
            for (const schema::Name &table : std::as_const(written)) {
                reach(table);
                if (target.use != sql::Use::Delete)
                    m_rewritten << table;
            }
        }
        for (qsizetype i = 0; i < m_checks.tables.size(); ++i) {
            const schema::Name parent = m_checks.tables.at(i);
            if (const std::optional<Error> error = follow(parent))
                return *error;
        }
        for (const schema::Name &table : std::as_const(m_checks.tables))
            check(table);
        return std::move(m_checks);
    }

private:
    void reach(const schema::Name &table)
    {
        if (!m_checks.tables.contains(table))
            m_checks.tables << table;
    }

    std::optional<Error> follow(const schema::Name &parent)
    {
        for (const LiveKey &key : m_keys) {
            if (key.target != parent || (!cascades(key.onDelete) && !cascades(key.onUpdate)))
                continue;
            if (const std::optional<Error> error = closed(key.table))
                return *error;
            reach(key.table);
            // A cascading delete writes no new row.
            if (key.onDelete == u'n' || key.onDelete == u'd' || cascades(key.onUpdate))
                m_rewritten << key.table;
            Conditions conditions(m_classification, m_tenantId);
            const QString own = conditions.of(parent, QStringLiteral("p"), QStringLiteral("p"));
            const QString text =
                QStringLiteral(
                    "SELECT count(*) FROM (SELECT 1 FROM %1 AS r JOIN %2 AS p ON %3 WHERE "
                    "(%4) AND %5 LIMIT 1) AS found")
                    .arg(qualifiedName(key.table), qualifiedName(parent), joined(key), own,
                         isNot(conditions, key.table, QStringLiteral("r")));
            m_checks.reachable << sql::Statement{text, conditions.parameters()};
        }
        return std::nullopt;
    }

    /// Why no cascade may go on to \a table.
    std::optional<Error> closed(const schema::Name &table) const
    {
        switch (standing(table, m_classification, m_tenantId)) {
        case Standing::None:
            return refused(
                Text::tr("a foreign key carries the change on to a table that has no tenant"),
                {table.qualified(), {}}, Text::tr("choose all tenants for it"));
        case Standing::Whole:
            return refused(Text::tr("a foreign key carries the change on to a table of the tenant "
                                    "as a whole"),
                           {table.qualified(), {}}, Text::tr("choose the whole tenant for it"));
        case Standing::Own:
        case Standing::Unproven:
            break;
        }
        return std::nullopt;
    }

    void check(const schema::Name &table)
    {
        const QString row = QStringLiteral("r");
        Conditions conditions(m_classification, m_tenantId);
        const QString others = QStringLiteral("SELECT count(*) FROM %1 AS r WHERE %2")
                                   .arg(qualifiedName(table), isNot(conditions, table, row));
        m_checks.others << RowCheck{
            {others, conditions.parameters()},
            m_tenantId.nested.isEmpty()
                ? refused(Text::tr("a foreign key carries the change on to a row of another "
                                   "tenant"),
                          {table.qualified(), {}},
                          Text::tr("mend that row first: sluice audit lists it"))
                : refused(Text::tr("a foreign key carries the change on to a row that is not of "
                                   "the chosen %1")
                              .arg(m_classification.nested->column),
                          {table.qualified(), {}}, Text::tr("choose the whole tenant for it"))};
        if (!m_rewritten.contains(table))
            return;
        const RowsAsked rows{
            .relation = qualifiedName(table),
            .which = QStringLiteral("r.xmin = $1 AND "),
            .shape = QStringLiteral("SELECT count(*) FROM (SELECT 1 %1 LIMIT 1) AS found"),
            .parameters = {sql::Parameter()}};
        m_checks.written << ForeignRows(table, rows, m_keys, m_classification).of(m_tenantId);
    }

    const QList<LiveKey> &m_keys;
    const Classification &m_classification;
    const TenantId &m_tenantId;
    QSet<schema::Name> m_rewritten;
    WriteChecks m_checks;
};

schema::Name nameOf(const QString &schema, const QString &table)
{
    return {schema == QLatin1String("public") ? QString() : schema, table};
}

QStringList wordsOf(const QString &json)
{
    QStringList words;
    for (const QJsonValue &value : QJsonDocument::fromJson(json.toUtf8()).array())
        words << value.toString();
    return words;
}

} // namespace

Result<WriteChecks> writeChecks(const QList<WriteTarget> &targets, const QList<LiveKey> &keys,
                                const Classification &classification, const TenantId &tenantId)
{
    return Checks(keys, classification, tenantId).run(targets);
}

QList<RowCheck> stagedChecks(const schema::Name &table, const QString &relation,
                             const QList<LiveKey> &keys, const Classification &classification,
                             const TenantId &tenantId)
{
    const RowsAsked rows{.relation = relation,
                         .which = {},
                         .shape = QStringLiteral("SELECT DISTINCT r.sluice_n %1")};
    return ForeignRows(table, rows, keys, classification).pointingFirst(tenantId);
}

sql::Statement keysQuestion()
{
    const auto columns = [](const char *key, const char *table) {
        return QStringLiteral("(SELECT pg_catalog.json_agg(a.attname ORDER BY u.i) FROM "
                              "pg_catalog.unnest(k.%1) WITH ORDINALITY AS u (n, i) JOIN "
                              "pg_catalog.pg_attribute a ON a.attrelid = k.%2 AND a.attnum = u.n)")
            .arg(QLatin1String(key), QLatin1String(table));
    };
    return {QStringLiteral("SELECT cn.nspname, c.relname, %1, pn.nspname, p.relname, %2, "
                           "k.confdeltype, k.confupdtype\n"
                           "FROM pg_catalog.pg_constraint k\n"
                           "JOIN pg_catalog.pg_class c ON c.oid = coalesce("
                           "pg_catalog.pg_partition_root(k.conrelid), k.conrelid)\n"
                           "JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace\n"
                           "JOIN pg_catalog.pg_class p ON p.oid = coalesce("
                           "pg_catalog.pg_partition_root(k.confrelid), k.confrelid)\n"
                           "JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace\n"
                           "WHERE k.contype = 'f' AND k.conparentid = 0\n"
                           "ORDER BY k.oid")
                .arg(columns("conkey", "conrelid"), columns("confkey", "confrelid")),
            {}};
}

LiveKey keyOf(const QStringList &row)
{
    return {.table = nameOf(row.value(0), row.value(1)),
            .columns = wordsOf(row.value(2)),
            .target = nameOf(row.value(3), row.value(4)),
            .targetColumns = wordsOf(row.value(5)),
            .onDelete = row.value(6).front(),
            .onUpdate = row.value(7).front()};
}

std::optional<Error> theftRefusal(const Error &error, const Scoped &scoped)
{
    if (!error.text.contains(scoped.mark))
        return std::nullopt;
    return refused(Text::tr("the row it would update in place of the new one is another tenant's"),
                   {}, Text::tr("give the row a key of its own, or write ON CONFLICT DO NOTHING"));
}

} // namespace tenant
