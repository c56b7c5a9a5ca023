// SPDX-License-Identifier: GPL-3.0-or-later
// How a transaction streams rows.
#include "pg/blockingtransaction.h"
#include "pg/guard.h"
#include "pg/resultpage.h"
#include "pg/text.h"
#include "sql/outline.h"

#include <libpq-fe.h>

#include <algorithm>
#include <functional>
#include <memory>

namespace pg
{

namespace
{
struct FreeMemory {
    void operator()(char *memory) const { PQfreemem(memory); }
};
using Memory = std::unique_ptr<char, FreeMemory>;

QByteArray copyStatement(const QByteArray &query, CopyForm form)
{
    // The line end: the query may end in a comment.
    return "COPY (" + query + "\n) TO STDOUT " +
           (form == CopyForm::Csv ? "(FORMAT csv, HEADER true)" : "(FORMAT text)");
}
} // namespace

/// COPY takes no parameters, so here, and nowhere else, values become a part of the text.
///
/// PQescapeLiteral writes them: libpq's own quoting for this connection, which knows its encoding
/// and the server's rules for backslashes. A constant is of unknown type until its place gives it
/// one, just like a parameter, and the server plans with it, just like with a parameter: a query
/// means and costs the same as on the screen. The ways without text were worse: values in settings
/// (current_setting('…')::type) need each type's name, and are read again for every row of a
/// sequential scan; prepared statements cannot be copied from; a cursor is not COPY, and slower;
/// a temporary table needs a transaction that writes. The places come from the parser, so a $1 in
/// a quoted name or text is none.
base::Result<QByteArray> BlockingTransaction::withValues(const sql::Statement &query) const
{
    if (query.parameters.isEmpty())
        return query.text.toUtf8();
    const base::Result<sql::Outline> outline = sql::outline(query.text);
    if (!outline)
        return outline.error();
    QString text = query.text;
    QList<sql::WordPlace> places = outline->parameters;
    std::ranges::sort(places, std::ranges::greater(),
                      [](const sql::WordPlace &place) { return place.span.offset; });
    for (const sql::WordPlace &place : std::as_const(places)) {
        const qsizetype number = place.word.mid(1).toLongLong();
        const bool isThere = text.mid(place.span.offset, place.word.size()) == place.word;
        if (!isThere || number < 1 || number > query.parameters.size())
            return base::Error{.kind = base::ErrorKind::InvalidInput,
                               .text = Text::tr("The statement has a parameter without a value")};
        QString constant = QStringLiteral("NULL");
        if (const sql::Parameter &value = query.parameters.at(number - 1)) {
            const Memory escaped(
                PQescapeLiteral(m_connection, value->constData(), size_t(value->size())));
            if (!escaped)
                return base::Error{.kind = base::ErrorKind::InvalidInput,
                                   .text = Text::tr("A value cannot be written for the server"),
                                   .detail = QString::fromUtf8(PQerrorMessage(m_connection))};
            constant = QString::fromUtf8(escaped.get());
        }
        text.replace(place.span.offset, place.word.size(), constant);
    }
    return text.toUtf8();
}

base::Result<qint64> BlockingTransaction::copyOut(const sql::Statement &query, CopyForm form,
                                                  const CopySink &sink)
{
    if (const auto refusal = refusedForReading(query.text))
        return *refusal;
    if (cancelled())
        return base::Error{.kind = base::ErrorKind::Cancelled,
                           .text = Text::tr("The work was cancelled")};
    const base::Result<QByteArray> whole = withValues(query);
    if (!whole)
        return whole.error();
    const QByteArray statement = copyStatement(*whole, form);
    const auto failed = [this](const PGresult *answer) {
        base::Error error = failureOf(answer, {});
        error.span.reset(); // in a text that nobody wrote
        return error;
    };
    ResultHandle result(waitFor([&] { return PQexec(m_connection, statement.constData()); }));
    if (PQresultStatus(result.get()) != PGRES_COPY_OUT)
        return failed(result.get());
    while (true) {
        char *row = nullptr;
        m_control->asked();
        const int length = PQgetCopyData(m_connection, &row, 0);
        m_control->answered();
        const Memory memory(row);
        if (length < 0)
            break;
        if (const auto taken = sink(QByteArrayView(row, length)); !taken) {
            m_control->cutConnection();
            return taken.error();
        }
    }
    result.reset(waitFor([this] { return PQgetResult(m_connection); }));
    const bool isDone = PQresultStatus(result.get()) == PGRES_COMMAND_OK;
    const base::Result<qint64> answer =
        isDone ? base::Result<qint64>(QByteArray(PQcmdTuples(result.get())).toLongLong())
               : base::Result<qint64>(failed(result.get()));
    while (PGresult *rest = PQgetResult(m_connection))
        PQclear(rest);
    return answer;
}

} // namespace pg
