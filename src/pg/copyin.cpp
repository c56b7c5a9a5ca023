// SPDX-License-Identifier: GPL-3.0-or-later
// How a transaction takes rows in.
#include "pg/blockingtransaction.h"
#include "pg/resultpage.h"
#include "pg/text.h"

#include <libpq-fe.h>

namespace pg
{

// lupdate takes base:: before a function's name for the context of its texts.
using base::Error;

namespace
{
Error cancelledError()
{
    return {.kind = base::ErrorKind::Cancelled, .text = Text::tr("The work was cancelled")};
}
} // namespace

/// What the source or the person ends is ended on the server by an error of its own, so that the
/// connection stays of use and its transaction can be undone.
base::Result<qint64> BlockingTransaction::copyIn(const QString &copy, const CopySource &source)
{
    if (m_access == Access::Read)
        return base::Error{.kind = base::ErrorKind::Refused,
                           .text = Text::tr("Rows are taken in only with writes allowed")};
    if (cancelled())
        return cancelledError();
    const QByteArray statement = copy.toUtf8();
    ResultHandle result(waitFor([&] { return PQexec(m_connection, statement.constData()); }));
    if (PQresultStatus(result.get()) != PGRES_COPY_IN)
        return copyFailure(result.get());
    std::optional<base::Error> ended;
    bool isTaken = true;
    QByteArray piece;
    while (isTaken && !ended) {
        piece.resize(0);
        const base::Result<bool> more = cancelled() ? cancelledError() : source(piece);
        if (!more)
            ended = more.error();
        else if (!*more)
            break;
        else {
            m_control->asked();
            isTaken = PQputCopyData(m_connection, piece.constData(), int(piece.size())) == 1;
            m_control->answered();
        }
    }
    // When sending failed, the answer says why.
    PQputCopyEnd(m_connection, ended ? "the rows that were to follow could not be read" : nullptr);
    result.reset(waitFor([this] { return PQgetResult(m_connection); }));
    const bool isDone = PQresultStatus(result.get()) == PGRES_COMMAND_OK;
    base::Result<qint64> answer =
        isDone ? base::Result<qint64>(QByteArray(PQcmdTuples(result.get())).toLongLong())
               : base::Result<qint64>(copyFailure(result.get()));
    while (PGresult *rest = PQgetResult(m_connection))
        PQclear(rest);
    // A lost connection says more than the reading that it ended.
    if (ended && (answer || answer.error().kind != base::ErrorKind::Connection))
        return *ended;
    return answer;
}

} // namespace pg
