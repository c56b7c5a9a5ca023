// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/writecheck.h"

#include "sql/identifier.h"
#include "tenant/condition.h"
#include "tenant/refusal.h"
#include "tenant/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

namespace tenant
{

using base::Error;
using base::Result;

namespace
{

QString isNot(const Classification &classification, const schema::Name &table, const QString &row,
              Rows rows = Rows::Own)
{
    return QStringLiteral("(%1) IS NOT TRUE")
        .arg(condition(classification.tables.value(table), classification,
                       {row, row, QStringLiteral("$1")}, rows));
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

bool hasTenant(const Classification &classification, const schema::Name &table)
{
    const Scoping scoping = classification.tables.value(table).scoping;
    return scoping == Scoping::Direct || scoping == Scoping::ByPath || scoping == Scoping::BySchema;
}

/// Rows called r: where they are, which of them, and what is asked of those found.
struct RowsAsked {
    QString relation;
    QString which; ///< a condition with AND behind it, or nothing
    QString shape; ///< the question, %1 is from FROM on
};

/// Asks for rows of \a table that are not the tenant's, or point at a row that is not.
QList<RowCheck> foreignRows(const schema::Name &table, const RowsAsked &rows,
                            const QList<LiveKey> &keys, const Classification &classification,
                            const QList<sql::Parameter> &parameters)
{
    QList<RowCheck> checks{
        {{rows.shape.arg(QStringLiteral("FROM %1 AS r WHERE %2%3")
                             .arg(rows.relation, rows.which,
                                  isNot(classification, table, QStringLiteral("r")))),
          parameters},
         refused(Text::tr("a row it writes would not belong to the tenant"),
                 {table.qualified(), {}},
                 classification.column.isEmpty()
                     ? Text::tr("write to the tenant's own schema")
                     : Text::tr("write the tenant's own %1").arg(classification.column))}};
    for (const LiveKey &key : keys) {
        if (key.table != table || !hasTenant(classification, key.target))
            continue;
        checks << RowCheck{
            {rows.shape.arg(
                 QStringLiteral("FROM %1 AS r JOIN %2 AS p ON %3 WHERE %4%5")
                     .arg(rows.relation, qualifiedName(key.target), joined(key), rows.which,
                          isNot(classification, key.target, QStringLiteral("p"), Rows::Shown))),
             parameters},
            refused(Text::tr("a row it writes would point at a row of another tenant in %1")
                        .arg(key.target.qualified()),
                    {table.qualified() + u'.' + key.columns.join(u','), {}},
                    Text::tr("point at a row of the same tenant"))};
    }
    return checks;
}

bool cascades(QChar action)
{
    return action == u'c' || action == u'n' || action == u'd';
}

class Checks
{
public:
    Checks(const QList<LiveKey> &keys, const Classification &classification,
           const QString &tenantId)
        : m_keys(keys)
        , m_classification(classification)
        , m_parameters{sql::parameter(tenantId)}
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
            if (!hasTenant(m_classification, key.table))
                return refused(
                    Text::tr("a foreign key carries the change on to a table that has no "
                             "tenant"),
                    {key.table.qualified(), {}}, Text::tr("choose all tenants for it"));
            reach(key.table);
            // A cascading delete writes no new row.
            if (key.onDelete == u'n' || key.onDelete == u'd' || cascades(key.onUpdate))
                m_rewritten << key.table;
            m_checks.reachable << sql::Statement{
                QStringLiteral(
                    "SELECT count(*) FROM (SELECT 1 FROM %1 AS r JOIN %2 AS p ON %3 WHERE "
                    "(%4) AND %5 LIMIT 1) AS found")
                    .arg(
                        qualifiedName(key.table), qualifiedName(parent), joined(key),
                        condition(m_classification.tables.value(parent), m_classification,
                                  {QStringLiteral("p"), QStringLiteral("p"), QStringLiteral("$1")}),
                        isNot(m_classification, key.table, QStringLiteral("r"))),
                m_parameters};
        }
        return std::nullopt;
    }

    void check(const schema::Name &table)
    {
        const QString row = QStringLiteral("r");
        m_checks.others << RowCheck{
            {QStringLiteral("SELECT count(*) FROM %1 AS r WHERE %2")
                 .arg(qualifiedName(table), isNot(m_classification, table, row)),
             m_parameters},
            refused(Text::tr("a foreign key carries the change on to a row of another tenant"),
                    {table.qualified(), {}},
                    Text::tr("mend that row first: sluice audit lists it"))};
        if (!m_rewritten.contains(table))
            return;
        m_checks.written << foreignRows(
            table,
            {.relation = qualifiedName(table),
             .which = QStringLiteral("r.xmin = $2 AND "),
             .shape = QStringLiteral("SELECT count(*) FROM (SELECT 1 %1 LIMIT 1) AS found")},
            m_keys, m_classification, m_parameters);
    }

    const QList<LiveKey> &m_keys;
    const Classification &m_classification;
    const QList<sql::Parameter> m_parameters;
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
                                const Classification &classification, const QString &tenantId)
{
    return Checks(keys, classification, tenantId).run(targets);
}

QList<RowCheck> stagedChecks(const schema::Name &table, const QString &relation,
                             const QList<LiveKey> &keys, const Classification &classification,
                             const QString &tenantId)
{
    return foreignRows(table,
                       {.relation = relation,
                        .which = {},
                        .shape = QStringLiteral("SELECT DISTINCT r.sluice_n %1")},
                       keys, classification, {sql::parameter(tenantId)});
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
