// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/handshake.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QStringList>

#include <libpq-fe.h>

#include <algorithm>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>

namespace pg
{

namespace
{
Step stepOf(PGconn *connection, const Handshake &state)
{
    switch (PQstatus(connection)) {
    case CONNECTION_NEEDED:
    case CONNECTION_STARTED:
        return Step::Port;
    case CONNECTION_SSL_STARTUP:
        return state.firstByte == 'S' ? Step::Tls : Step::Port;
    case CONNECTION_GSS_STARTUP:
        return Step::Tls;
    case CONNECTION_MADE:
    case CONNECTION_AWAITING_RESPONSE:
        return state.firstByte == 0 ? Step::Port : Step::Login;
    default:
        return Step::Database;
    }
}

/// What the server says first tells whether it is one: its answer to the wish for encryption, or to
/// the login.
void listen(PGconn *connection, Handshake &state)
{
    const ConnStatusType status = PQstatus(connection);
    if (status == CONNECTION_STARTED || status == CONNECTION_NEEDED)
        state.firstByte = 0; // another address, or the same without encryption
    const bool isAnswer =
        status == CONNECTION_SSL_STARTUP || status == CONNECTION_AWAITING_RESPONSE;
    if (!isAnswer || state.firstByte != 0)
        return;
    char byte = 0;
    if (recv(PQsocket(connection), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 1)
        state.firstByte = byte;
}

/// Takes SQLSTATE and words out of the verbose message, which also says where in the server's
/// source it was.
void readMessage(Handshake &state)
{
    static const QRegularExpression code(QStringLiteral(":  ([0-9A-Z]{5}): "));
    const QString all = QString::fromUtf8(PQerrorMessage(state.connection.get()));
    QStringList lines;
    for (const QString &line : all.split(u'\n', Qt::SkipEmptyParts)) {
        const QRegularExpressionMatch match = code.match(line);
        if (match.hasMatch() && state.sqlState.isEmpty())
            state.sqlState = match.captured(1);
        static const QRegularExpression source(QStringLiteral("^[^ :]+:  \\w+, \\w+\\.c:\\d+$"));
        const QString words = QString(line).replace(code, QStringLiteral(": ")).simplified();
        // Indented, libpq guesses at reasons; what to do we say ourselves.
        const bool isGuess = line.startsWith(u'\t');
        if (!isGuess && !source.match(line).hasMatch() && !lines.contains(words))
            lines << words;
    }
    state.message = lines.join(u' ');
}

/// libpq tells that the user was let in and that the database was refused in one breath, so the
/// server's reason decides.
Step refusedStep(const QString &sqlState)
{
    const bool isLogin = sqlState.startsWith(QLatin1String("28")) ||
                         sqlState.startsWith(QLatin1String("08")) ||
                         sqlState.startsWith(QLatin1String("57P")) || // starting or stopping
                         sqlState == QLatin1String("53300");          // too many connections
    return isLogin ? Step::Login : Step::Database;
}

void finish(Handshake &state, PostgresPollingStatusType result)
{
    PGconn *connection = state.connection.get();
    state.isDone = result == PGRES_POLLING_OK;
    if (state.isDone) {
        state.step = Step::Database;
        state.isEncrypted = PQsslInUse(connection) == 1;
        return;
    }
    if (state.timedOut)
        return;
    readMessage(state);
    state.isStranger = state.firstByte != 0 && !strchr("SNERvG", state.firstByte);
    // Without an address libpq came no further than the name; a socket has none.
    if (state.step == Step::Name && (*PQhostaddr(connection) || *PQhost(connection) == '/'))
        state.step = Step::Port;
    if (!state.sqlState.isEmpty())
        state.step = refusedStep(state.sqlState);
    else if (PQconnectionNeedsPassword(connection))
        state.step = Step::Login;
    else if (state.isStranger)
        state.step = Step::Port;
    else if (state.firstByte == 'N')
        state.step = Step::Tls; // and without it we were not to go on
}
} // namespace

bool waitFor(PGconn *connection, bool toWrite, const QElapsedTimer &clock, qint64 deadline)
{
    pollfd socket{PQsocket(connection), short(toWrite ? POLLOUT : POLLIN), 0};
    while (true) {
        const qint64 rest = deadline - clock.elapsed();
        const int ready = rest > 0 ? poll(&socket, 1, int(rest)) : 0;
        if (ready >= 0 || errno != EINTR)
            return ready > 0;
    }
}

void CloseConnection::operator()(PGconn *connection) const
{
    PQfinish(connection);
}

Handshake shakeHands(const ConnectOptions &options, const Limits &limits,
                     const std::function<void(const Handshake &)> &progress)
{
    constexpr int shortest = 2'000; // ms, as libpq's own limit
    QElapsedTimer clock;
    clock.start();
    Handshake state;
    state.connection.reset(options.with(PQconnectStartParams));
    PGconn *connection = state.connection.get();
    // The default receiver prints the server's notices on standard error.
    PQsetNoticeReceiver(
        connection, [](void *, const PGresult *) {}, nullptr);
    PQsetErrorVerbosity(connection, PQERRORS_VERBOSE); // with the SQLSTATE
    qint64 noted = clock.elapsed();
    state.times[size_t(Step::Name)] = std::chrono::milliseconds(noted);
    const qint64 deadline = noted + std::max(limits.connectTimeout, shortest);

    PostgresPollingStatusType next =
        PQstatus(connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
    if (PQsocket(connection) >= 0)
        state.step = Step::Port;
    while (next == PGRES_POLLING_READING || next == PGRES_POLLING_WRITING) {
        state.timedOut = !waitFor(connection, next == PGRES_POLLING_WRITING, clock, deadline);
        listen(connection, state);
        const Step step = stepOf(connection, state);
        const qint64 now = clock.elapsed();
        state.times[size_t(state.step)] += std::chrono::milliseconds(now - noted);
        noted = now;
        if (step != state.step) {
            state.step = step;
            if (progress)
                progress(state);
        }
        if (state.timedOut)
            break;
        state.isEncrypted = PQsslInUse(connection) == 1;
        next = PQconnectPoll(connection);
    }
    finish(state, next);
    PQsetErrorVerbosity(connection, PQERRORS_DEFAULT);
    return state;
}

} // namespace pg
