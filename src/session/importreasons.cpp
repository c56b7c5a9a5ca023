// SPDX-License-Identifier: GPL-3.0-or-later
// How bad rows are told.
#include "session/importcheck.h"
#include "session/scopedrun.h"
#include "session/text.h"
#include "tenant/condition.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace session
{

using base::Result;

/// The columns of the table's constraints and unique indexes, by name.
Result<QHash<QString, QStringList>> ImportCheck::constraintColumns()
{
    const Result<rows::Page> page = m_transaction.run(
        {QStringLiteral(
             "SELECT k.conname, (SELECT pg_catalog.json_agg(a.attname ORDER BY u.i) FROM "
             "pg_catalog.unnest(k.conkey) WITH ORDINALITY AS u (n, i) JOIN pg_catalog.pg_attribute "
             "a ON a.attrelid = k.conrelid AND a.attnum = u.n)\n"
             "FROM pg_catalog.pg_constraint k WHERE k.conrelid = $1::pg_catalog.regclass\n"
             "UNION ALL\n"
             "SELECT i.relname, (SELECT pg_catalog.json_agg(a.attname ORDER BY u.i) FROM "
             "pg_catalog.unnest(x.indkey) WITH ORDINALITY AS u (n, i) JOIN pg_catalog.pg_attribute "
             "a ON a.attrelid = x.indrelid AND a.attnum = u.n)\n"
             "FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid "
             "WHERE x.indrelid = $1::pg_catalog.regclass AND x.indisunique"),
         {sql::parameter(m_statements.target)}});
    if (!page)
        return page.error();
    QHash<QString, QStringList> columns;
    for (const QStringList &row : textsOf(*page)) {
        QStringList names;
        for (const QJsonValue &name : QJsonDocument::fromJson(row.at(1).toUtf8()).array())
            names << name.toString();
        if (!names.isEmpty())
            columns.insert(row.at(0), names);
    }
    return columns;
}

/// In words where we know better ones than the server's, which name the table and the constraint.
QString ImportCheck::reasonOf(const QString &state, const QString &message,
                              const QString &constraint, const QStringList &columns) const
{
    if (state == QLatin1String("SL002"))
        return Text::tr("a row further up in the file has the same key");
    if (state == QLatin1String("23502"))
        return Text::tr("the column takes no NULL");
    if (state == QLatin1String("23505"))
        return Text::tr("a row with this value is there already, in the table or further up in the "
                        "file (%1)")
            .arg(constraint);
    if (state == QLatin1String("23503")) {
        const auto key =
            std::ranges::find(m_request.table.foreignKeys, columns, &schema::ForeignKey::columns);
        if (key != m_request.table.foreignKeys.end())
            return Text::tr("there is no such row in %1 (%2)")
                .arg(schema::Name{key->targetSchema, key->targetTable}.qualified(), constraint);
    }
    if (state == QLatin1String("23514") && !constraint.isEmpty()) {
        const auto check =
            std::ranges::find(m_request.table.checks, constraint, &schema::Check::name);
        return check != m_request.table.checks.end()
                   ? Text::tr("the check %1 does not hold: %2").arg(constraint, check->expression)
                   : Text::tr("the check %1 does not hold").arg(constraint);
    }
    return message;
}

Result<QList<BadRow>> ImportCheck::listed()
{
    const Result<QHash<QString, QStringList>> constraints = constraintColumns();
    if (!constraints)
        return constraints.error();
    QStringList texts;
    for (const StagedColumn &column : m_statements.columns)
        texts << QStringLiteral("pg_catalog.left(s.%1, 300)").arg(column.staged);
    const Result<rows::Page> page = m_transaction.run(
        {QStringLiteral("SELECT s.sluice_line, b.col, b.state, b.message, b.con, %1 FROM "
                        "pg_temp.sluice_bad b JOIN pg_temp.sluice_rows s ON s.sluice_n = "
                        "b.sluice_n ORDER BY s.sluice_n, b.col LIMIT %2")
             .arg(texts.join(QStringLiteral(", ")), QString::number(m_request.listed)),
         {}});
    if (!page)
        return page.error();
    QList<BadRow> bad;
    for (qsizetype row = 0; row < page->rowCount(); ++row) {
        const QString constraint = page->text(row, 4);
        QStringList columns = constraints->value(constraint);
        if (const QString column = page->text(row, 1); !column.isEmpty())
            columns = {column};
        QStringList values;
        for (const QString &name : std::as_const(columns)) {
            const auto staged = std::ranges::find(m_statements.columns, name, &StagedColumn::name);
            const auto index = staged - m_statements.columns.begin();
            if (staged == m_statements.columns.end())
                continue;
            const auto cell = page->cell(row, 5 + index);
            values << (cell ? shownValue(*cell) : QStringLiteral("NULL"));
        }
        bad << BadRow{.line = page->text(row, 0).toLongLong(),
                      .column = columns.join(QStringLiteral(", ")),
                      .value = values.join(QStringLiteral(", ")),
                      .reason =
                          reasonOf(page->text(row, 2), page->text(row, 3), constraint, columns)};
    }
    return bad;
}

} // namespace session
