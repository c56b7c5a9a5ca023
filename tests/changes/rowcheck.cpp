// SPDX-License-Identifier: GPL-3.0-or-later
#include "rowcheck.h"

#include "base/receive.h"
#include "schema/typename.h"
#include "sql/identifier.h"

#include <algorithm>

namespace changes
{

namespace
{

/// The answer as lines, or the server's words.
QStringList ask(pg::Pool &pool, const QByteArray &query)
{
    // As a writer: nextval is a question, too.
    const auto page = base::await(pool.run({.text = QString::fromUtf8(query)}, pg::Access::Write));
    if (!page)
        return {base::toLine(page.error())};
    QStringList lines;
    for (qsizetype row = 0; row < page->rowCount(); ++row) {
        QStringList cells;
        for (qsizetype column = 0; column < page->columns().size(); ++column) {
            const QString text = page->text(row, column);
            cells << (text.isNull() ? QStringLiteral("null") : text);
        }
        lines << cells.join(u'|');
    }
    return lines;
}

const diff::RenameAnswer *answerFor(const Trial &trial, diff::Kind kind, const schema::Name &from,
                                    const schema::Name &tableAfter = {})
{
    const auto it = std::ranges::find_if(trial.answers, [&](const diff::RenameAnswer &answer) {
        return answer.kind == kind && answer.from == from && !answer.to.name.isEmpty() &&
               (kind != diff::Kind::Column || answer.table == tableAfter);
    });
    return it == trial.answers.end() ? nullptr : &*it;
}

/// Whether another one gets its name, so that it is dropped itself.
bool isDisplaced(const Trial &trial, diff::Kind kind, const schema::Name &name,
                 const schema::Name &tableAfter = {})
{
    return !answerFor(trial, kind, name, tableAfter) &&
           std::ranges::any_of(trial.answers, [&](const diff::RenameAnswer &answer) {
               return answer.kind == kind && answer.to == name &&
                      (kind != diff::Kind::Column || answer.table == tableAfter);
           });
}

/// What a table is called after the change.
schema::Name nameAfter(const Trial &trial, schema::Name name)
{
    if (const diff::RenameAnswer *answer = answerFor(trial, diff::Kind::Table, name))
        return answer->to;
    if (const diff::RenameAnswer *answer = answerFor(trial, diff::Kind::Schema, {{}, name.schema}))
        name.schema = answer->to.name;
    // A table may be renamed within a schema that is renamed, too.
    if (const diff::RenameAnswer *answer = answerFor(trial, diff::Kind::Table, name))
        return answer->to;
    return name;
}

const schema::Column *columnAfter(const Trial &trial, const schema::Table &after,
                                  const schema::Column &before)
{
    const diff::RenameAnswer *answer =
        answerFor(trial, diff::Kind::Column, {{}, before.name}, after.name);
    return after.column(answer ? answer->to.name : before.name);
}

bool staysWhatItIs(const schema::Column &before, const schema::Column &after)
{
    return before.typeSchema.isEmpty() && after.typeSchema.isEmpty() &&
           schema::canonicalType(before.type) == schema::canonicalType(after.type) &&
           !before.generated && !after.generated;
}

QByteArray tableSql(const schema::Name &name)
{
    return (name.schema.isEmpty() ? sql::identifier(QStringLiteral("public"), name.name)
                                  : sql::identifier(name.schema, name.name))
        .toUtf8();
}

QByteArray countOf(const schema::Name &table)
{
    return "SELECT count(*) FROM " + tableSql(table);
}

QByteArray sumOf(const schema::Name &table, const QString &column)
{
    const QByteArray text = sql::identifier(column).toUtf8() + "::text";
    return "SELECT count(" + text + ") || ' ' || md5(coalesce(string_agg(" + text +
           ", ',' ORDER BY " + text + " COLLATE \"C\"), '')) FROM " + tableSql(table);
}

} // namespace

RowCheck::RowCheck(const Trial &trial, pg::Pool &pool)
    : m_pool(pool)
{
    for (const schema::Table &table : trial.before.tables) {
        const schema::Table *after = trial.after.table(nameAfter(trial, table.name));
        if (!after || isDisplaced(trial, diff::Kind::Table, table.name))
            continue;
        m_watched << Watched{table.name.qualified(), countOf(after->name),
                             ask(pool, countOf(table.name)).join(u'\n')};
        for (const schema::Column &column : table.columns) {
            const schema::Column *same = columnAfter(trial, *after, column);
            const bool gone =
                isDisplaced(trial, diff::Kind::Column, {{}, column.name}, after->name);
            if (same && !gone && staysWhatItIs(column, *same))
                m_watched << Watched{table.name.qualified() + u'.' + column.name,
                                     sumOf(after->name, same->name),
                                     ask(pool, sumOf(table.name, column.name)).join(u'\n')};
        }
    }
}

QStringList RowCheck::lost() const
{
    QStringList found;
    for (const Watched &watched : m_watched) {
        const QString now = ask(m_pool, watched.after).join(u'\n');
        if (now != watched.value)
            found << QStringLiteral("%1 held %2 and holds %3 (%4)")
                         .arg(watched.name, watched.value, now, QString::fromUtf8(watched.after));
    }
    return found;
}

QStringList unmet(const QList<Expectation> &expectations, pg::Pool &pool)
{
    QStringList found;
    for (const Expectation &expected : expectations) {
        const QStringList answer = ask(pool, expected.query);
        if (answer != expected.lines)
            found << QString::fromUtf8(expected.query) + QStringLiteral("\nanswers\n") +
                         answer.join(u'\n') + QStringLiteral("\ninstead of\n") +
                         expected.lines.join(u'\n');
    }
    return found;
}

} // namespace changes
