// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/connection.h"

#include "pg/failure.h"
#include "pg/text.h"

#include <QFutureWatcher>
#include <QTimer>

#include <libpq-fe.h>

#include <chrono>
#include <vector>

#include <ctime>

namespace pg
{

namespace
{
bool send(PGconn *connection, const sql::Statement &statement)
{
    std::vector<const char *> values;
    values.reserve(size_t(statement.parameters.size()));
    for (const sql::Parameter &parameter : statement.parameters)
        values.push_back(parameter ? parameter->constData() : nullptr);
    return PQsendQueryParams(connection, statement.text.toUtf8().constData(), int(values.size()),
                             nullptr, values.data(), nullptr, nullptr, 0) == 1;
}

/// Milliseconds, also those that the machine slept.
qint64 sinceBoot()
{
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return qint64(now.tv_sec) * 1'000 + now.tv_nsec / 1'000'000;
}

bool sendPlain(PGconn *connection, const char *text)
{
    return PQsendQueryParams(connection, text, 0, nullptr, nullptr, nullptr, nullptr, 0) == 1;
}
} // namespace

Connection::Connection(ConnectionHandle handle, Target target, QObject *parent)
    : QObject(parent)
    , m_handle(std::move(handle))
    , m_target(std::move(target))
{
    m_idleSince = sinceBoot();
    watch();
}

bool Connection::isStillThere()
{
    // Twice: the first may read the server's farewell, the second the end of the stream.
    const bool there = PQconsumeInput(m_handle.get()) == 1 && PQconsumeInput(m_handle.get()) == 1 &&
                       PQstatus(m_handle.get()) == CONNECTION_OK;
    if (!there)
        fail(lostConnection(m_target, {}));
    return there;
}

void Connection::watch()
{
    const int socket = PQsocket(m_handle.get());
    m_readable = new QSocketNotifier(socket, QSocketNotifier::Read, this);
    m_writable = new QSocketNotifier(socket, QSocketNotifier::Write, this);
    m_writable->setEnabled(false);
    connect(m_readable, &QSocketNotifier::activated, this, &Connection::read);
    connect(m_writable, &QSocketNotifier::activated, this, &Connection::flush);
}

ConnectionHandle Connection::release()
{
    unwatch();
    return std::move(m_handle);
}

/// Later, since it may be a notifier that brought us here.
void Connection::unwatch()
{
    for (QSocketNotifier *notifier : {m_readable, m_writable}) {
        if (notifier) {
            notifier->setEnabled(false);
            notifier->deleteLater();
        }
    }
    m_readable = m_writable = nullptr;
}

/// Read: BEGIN READ ONLY, the statement and a ROLLBACK that also runs when the statement failed: it
/// stands behind a sync of its own. All of it is one round trip. The statement is a query, whose
/// snapshot is taken before any function of it runs, and behind a snapshot nothing makes the
/// transaction READ WRITE (check_transaction_read_only() of PostgreSQL). Write: the statement
/// alone, since some statements refuse to be in a transaction.
void Connection::run(const sql::Statement &statement, Access access, Answer answer)
{
    m_running = true;
    ++m_runs;
    m_asked.start();
    m_access = access;
    m_text = statement.text;
    m_answer = std::move(answer);
    m_step = 0;
    m_error.reset();
    m_rows.reset();
    PGconn *c = m_handle.get();
    bool sent = false;
    if (access == Access::Read) {
        sent = PQenterPipelineMode(c) == 1 && sendPlain(c, "BEGIN READ ONLY") &&
               send(c, statement) && PQpipelineSync(c) == 1 && sendPlain(c, "ROLLBACK") &&
               PQpipelineSync(c) == 1;
        m_syncs = 2;
    } else {
        sent = send(c, statement);
    }
    if (!sent)
        fail(lostConnection(m_target, QString::fromUtf8(PQerrorMessage(c)).simplified()));
    else
        flush();
}

void Connection::flush()
{
    const int rest = PQflush(m_handle.get());
    if (rest < 0)
        return fail(lostConnection(m_target,
                                   QString::fromUtf8(PQerrorMessage(m_handle.get())).simplified()));
    m_writable->setEnabled(rest == 1);
}

void Connection::read()
{
    const bool consumed = PQconsumeInput(m_handle.get()) == 1;
    if (m_running) {
        collect();
        if (m_running && !consumed)
            fail(lostConnection(m_target,
                                QString::fromUtf8(PQerrorMessage(m_handle.get())).simplified()));
        return;
    }
    // Idle, the server only speaks up to send a notice, a parameter's new value, or its farewell.
    if (!consumed || PQstatus(m_handle.get()) != CONNECTION_OK)
        fail(lostConnection(m_target, {}));
}

void Connection::collect()
{
    PGconn *c = m_handle.get();
    while (m_running && PQisBusy(c) == 0) {
        ResultHandle result(PQgetResult(c));
        if (result) {
            take(std::move(result));
            continue;
        }
        // Nothing: the end of one statement's results. In a pipeline the next statement's follow.
        if (m_access == Access::Write || PQstatus(c) != CONNECTION_OK)
            return finish();
        ++m_step;
    }
}

void Connection::take(ResultHandle result)
{
    switch (PQresultStatus(result.get())) {
    case PGRES_PIPELINE_SYNC:
        if (--m_syncs == 0)
            finish();
        else if (!m_error && m_rows)
            tell(pageOf(std::move(m_rows))); // nothing that the ROLLBACK could change
        return;
    case PGRES_PIPELINE_ABORTED:
        return;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        return fail({.kind = base::ErrorKind::Unsupported,
                     .text = Text::tr("COPY through the connection is not supported"),
                     .where = m_target.display()});
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
        if (m_access == Access::Write || m_step == 1)
            m_rows = std::move(result);
        return;
    default:
        if (!m_error)
            m_error = statementFailure(result.get(), m_handle.get(), m_target, m_text);
    }
}

/// Every result is there. A connection that is not clean now is not used again.
void Connection::finish()
{
    PGconn *c = m_handle.get();
    if (PQstatus(c) != CONNECTION_OK || (m_access == Access::Read && PQexitPipelineMode(c) != 1))
        return fail(m_error.value_or(lostConnection(m_target, {})));
    if (PQtransactionStatus(c) != PQTRANS_IDLE)
        return fail({.kind = base::ErrorKind::Refused,
                     .text = Text::tr("The statement left a transaction open"),
                     .where = m_target.display(),
                     .detail = Text::tr("It was rolled back")});
    m_running = false;
    m_idleSince = sinceBoot();
    tell(m_error ? base::Result<rows::Page>(*m_error) : pageOf(std::move(m_rows)));
    if (isIdle())
        onIdle();
}

/// Once.
void Connection::tell(base::Result<rows::Page> result)
{
    if (const Answer answer = std::exchange(m_answer, {}))
        answer(std::move(result));
}

void Connection::fail(base::Error error)
{
    const bool isBroken =
        error.kind == base::ErrorKind::Connection || PQstatus(m_handle.get()) != CONNECTION_OK;
    if (m_running && m_access == Access::Write)
        error = withUnknownOutcome(std::move(error));
    unwatch();
    m_handle.reset();
    m_running = false;
    tell(std::move(error));
    onLost(isBroken ? End::Broken : End::Unusable);
}

qint64 Connection::idleTime() const
{
    return sinceBoot() - m_idleSince;
}

std::chrono::milliseconds Connection::runTime() const
{
    return std::chrono::milliseconds(m_running ? m_asked.elapsed() : 0);
}

void Connection::giveUp()
{
    fail(silentServer(m_target));
}

void Connection::cancel()
{
    if (!m_running || m_cancelling)
        return;
    m_cancelling = true;
    // Until the request has been taken the connection gets no other statement: it would hit that
    // one.
    auto *sent = new QFutureWatcher<void>(this);
    connect(sent, &QFutureWatcherBase::finished, this, [this, sent] {
        sent->deleteLater();
        m_cancelling = false;
        if (isIdle())
            onIdle();
        else if (m_running)
            cancelAgain();
    });
    sent->setFuture(Canceller(m_handle.get()).cancel());
}

/// Before the statement has come to the server, and between two of a pipeline, it ignores a
/// request.
void Connection::cancelAgain()
{
    constexpr std::chrono::milliseconds interval{100};
    QTimer::singleShot(interval, this, [this, run = m_runs] {
        if (run == m_runs)
            cancel();
    });
}

} // namespace pg
