// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/blockingtransaction.h"

#include "pg/failure.h"
#include "pg/guard.h"
#include "pg/resultpage.h"
#include "pg/text.h"

#include <QRegularExpression>

#include <libpq-fe.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

namespace pg
{

using base::Error;

namespace
{
QString firstWord(const QString &text)
{
    return text.trimmed().section(QRegularExpression(QStringLiteral("[\\s;]")), 0, 0).toUpper();
}

/// Whether the server may have done what is asked for although its answer is missing.
bool isCommit(const QString &text)
{
    const QString word = firstWord(text);
    return word == QLatin1String("COMMIT") || word == QLatin1String("END");
}

/// What is sent before anything is written, and what undoes it.
bool changesNothing(const QString &text)
{
    const QString word = firstWord(text);
    return word.isEmpty() || text == QLatin1String("BEGIN") || text == QLatin1String("ROLLBACK");
}

Error withLostTransaction(Error failure)
{
    if (failure.kind != base::ErrorKind::Connection)
        return failure;
    failure.text = Text::tr("The connection was lost, and the open transaction with it");
    failure.hint = Text::tr("The server rolls it back, nothing of it is kept; try again");
    return failure;
}
} // namespace

base::Error BlockingTransaction::copyFailure(const PGresult *answer) const
{
    base::Error failure = failureOf(answer, {});
    failure.span.reset(); // in a text that nobody wrote
    return m_control->gaveUp() ? failure : withLostTransaction(failure);
}

TransactionControl::TransactionControl(PGconn *connection)
    : m_canceller(connection)
    , m_socket(fcntl(PQsocket(connection), F_DUPFD_CLOEXEC, 0))
{
}

TransactionControl::~TransactionControl()
{
    if (m_socket >= 0)
        close(m_socket);
}

void TransactionControl::cancel()
{
    m_cancelled = true;
    // To a server that takes nothing any more, a second request would only wait beside the first.
    if (m_sent.isFinished())
        m_sent = m_canceller.cancel();
}

void TransactionControl::cutConnection()
{
    shutdown(m_socket, SHUT_RDWR);
}

std::chrono::milliseconds TransactionControl::openFor() const
{
    using std::chrono::steady_clock;
    const steady_clock::duration asked = m_asked;
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        asked.count() == 0 ? asked : steady_clock::now().time_since_epoch() - asked);
}

void TransactionControl::giveUp()
{
    m_gaveUp = true;
    cutConnection();
}

BlockingTransaction::BlockingTransaction(PGconn *connection, Access access, Target target,
                                         std::shared_ptr<TransactionControl> control)
    : m_connection(connection)
    , m_access(access)
    , m_target(std::move(target))
    , m_control(std::move(control))
{
}

base::Result<base::Done> BlockingTransaction::begin()
{
    if (m_access == Access::Write) {
        // Asked once whether it is still there: as long as nothing was done, another one does.
        const base::Result<rows::Page> there = ask([this] { return PQexec(m_connection, ""); }, {});
        return there ? base::Result<base::Done>(base::Done{}) : there.error();
    }
    // The first query takes the snapshot; after it SET TRANSACTION READ WRITE fails.
    const base::Result<rows::Page> first = ask(
        [this] {
            return PQexec(m_connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "
                                        "SELECT 1");
        },
        {});
    if (!first)
        return first.error();
    return base::Done{};
}

bool BlockingTransaction::isOpen() const
{
    const PGTransactionStatusType status = PQtransactionStatus(m_connection);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool BlockingTransaction::end()
{
    if (PQtransactionStatus(m_connection) != PQTRANS_IDLE) {
        const ResultHandle result(waitFor([this] { return PQexec(m_connection, "ROLLBACK"); }));
        if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
            return false;
    }
    // A script may have changed the session's settings, and a late cancel would hit the next
    // statement.
    return m_access == Access::Read && !cancelled() && PQstatus(m_connection) == CONNECTION_OK;
}

base::Result<rows::Page> BlockingTransaction::run(const sql::Statement &statement)
{
    if (m_access == Access::Read) {
        if (const auto refusal = refusedForReading(statement.text))
            return *refusal;
    }
    if (cancelled())
        return base::Error{.kind = base::ErrorKind::Cancelled,
                           .text = Text::tr("The work was cancelled")};
    std::vector<const char *> values;
    for (const sql::Parameter &parameter : statement.parameters)
        values.push_back(parameter ? parameter->constData() : nullptr);
    const auto question = [&] {
        return PQexecParams(m_connection, statement.text.toUtf8().constData(), int(values.size()),
                            nullptr, values.data(), nullptr, nullptr, 0);
    };
    return ask(question, statement.text);
}

base::Result<base::Done> BlockingTransaction::runScript(const QByteArray &script)
{
    if (m_access == Access::Read)
        return base::Error{.kind = base::ErrorKind::Refused,
                           .text = Text::tr("A script runs only with writes allowed")};
    if (cancelled())
        return base::Error{.kind = base::ErrorKind::Cancelled,
                           .text = Text::tr("The work was cancelled")};
    const base::Result<rows::Page> result =
        ask([&] { return PQexec(m_connection, script.constData()); }, QString::fromUtf8(script));
    if (!result)
        return result.error();
    return base::Done{};
}

base::Result<base::Done> BlockingTransaction::restart()
{
    if (cancelled())
        return base::Error{.kind = base::ErrorKind::Cancelled,
                           .text = Text::tr("The work was cancelled")};
    const base::Result<rows::Page> ended =
        ask([this] { return PQexec(m_connection, "ROLLBACK"); }, {});
    if (!ended)
        return ended.error();
    return begin();
}

base::Result<rows::Page> BlockingTransaction::take(PGresult *answer, const QString &text)
{
    ResultHandle result(answer);
    switch (PQresultStatus(result.get())) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
        return pageOf(std::move(result));
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        // libpq offers no way back out of a COPY but to carry it through; the connection is given
        // up.
        m_control->cutConnection();
        return base::Error{.kind = base::ErrorKind::Unsupported,
                           .text = Text::tr("COPY through the connection is not supported"),
                           .where = m_target.display()};
    default: {
        const base::Error failure = failureOf(result.get(), text);
        if (m_access == Access::Read || changesNothing(text))
            return failure;
        if (!m_wasOpen || isCommit(text))
            return withUnknownOutcome(failure);
        return m_control->gaveUp() ? failure : withLostTransaction(failure);
    }
    }
}

base::Error BlockingTransaction::failureOf(const PGresult *result, const QString &text) const
{
    if (m_control->gaveUp())
        return silentServer(m_target);
    base::Error failure = statementFailure(result, m_connection, m_target, text);
    // A connection that was cut to end cancelled work is not a lost one.
    if (cancelled() && failure.kind == base::ErrorKind::Connection)
        failure = {.kind = base::ErrorKind::Cancelled, .text = Text::tr("The work was cancelled")};
    return failure;
}

} // namespace pg
