// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/connector.h"

#include "pg/failure.h"
#include "pg/resultpage.h"
#include "pg/text.h"

#include <QElapsedTimer>

#include <libpq-fe.h>

#include <algorithm>
#include <vector>

namespace pg
{

using base::Error;

namespace
{
constexpr int idleInTransactionTimeout = 300'000; // ms; a hung helper must not hold locks for ever

/// The session's settings and the server's identity in one round trip. pg_control_system() is only
/// asked when its answer is needed: some hosted servers do not let everyone call it.
constexpr const char *sessionSettings =
    "SELECT set_config('statement_timeout', $1, false),"
    " set_config('lock_timeout', $2, false),"
    " set_config('idle_in_transaction_session_timeout', $3, false),"
    " set_config('DateStyle', 'ISO', false),"
    " set_config('IntervalStyle', 'postgres', false),"
    " set_config('extra_float_digits', '1', false),"
    " set_config('bytea_output', 'hex', false),"
    " set_config('standard_conforming_strings', 'on', false)";
constexpr const char *identity =
    "SELECT system_identifier::text FROM pg_catalog.pg_control_system()";

Error stranger(const Target &target)
{
    return {.kind = base::ErrorKind::Refused,
            .text = Text::tr("Another server answers in the place of the expected one"),
            .where = target.display(),
            .detail = Text::tr("Its system identifier is not the recorded one"),
            .hint =
                Text::tr("Nothing was sent to it; stop that server or correct the database URL")};
}

/// Asks in the time that connecting may take, since a pooler lets in before it has a server.
class Questions
{
public:
    Questions(PGconn *connection, const Limits &limits, const Target &target)
        : m_connection(connection)
        , m_limits(limits)
        , m_target(target)
    {
        m_clock.start();
    }

    base::Result<ResultHandle> ask(const char *text, const std::vector<QByteArray> &values = {})
    {
        std::vector<const char *> pointers;
        for (const QByteArray &value : values)
            pointers.push_back(value.constData());
        ResultHandle result;
        if (PQsendQueryParams(m_connection, text, int(pointers.size()), nullptr, pointers.data(),
                              nullptr, nullptr, 0) == 1) {
            while (PQisBusy(m_connection) == 1) {
                if (!waitFor(m_connection, false, m_clock, m_limits.connectTimeout))
                    return late();
                if (PQconsumeInput(m_connection) != 1)
                    break;
            }
            // After the only one there is an empty one, which makes room for the next question.
            for (PGresult *next = PQgetResult(m_connection); next; next = PQgetResult(m_connection))
                result.reset(next);
        }
        if (PQresultStatus(result.get()) != PGRES_TUPLES_OK)
            return statementFailure(result.get(), m_connection, m_target, QString());
        return result;
    }

private:
    Error late() const
    {
        return {
            .kind = base::ErrorKind::Connection,
            .text = Text::tr("The server let us in and answers nothing"),
            .where = m_target.display(),
            .detail =
                Text::tr("There was no answer in %1 seconds").arg(m_limits.connectTimeout / 1000),
            .hint = Text::tr("A pooler without a free server waits like that: see how many "
                             "connections it has, or connect to the server itself")};
    }

    PGconn *m_connection;
    const Limits &m_limits;
    const Target &m_target;
    QElapsedTimer m_clock;
};
} // namespace

base::Result<ConnectOptions> ourOptions(const Settings &settings, const Limits &limits,
                                        int tunnelPort)
{
    base::Result<ConnectOptions> options = connectOptions(settings, tunnelPort);
    if (!options)
        return options;
    // Earlier ones give way to what the settings say; a connection that says nothing is asked
    // whether it is still there.
    options->given.insert(options->given.begin(),
                          {{"keepalives_idle", "30"}, {"keepalives_interval", "10"}});
    options->given.emplace_back("application_name", "sluice");
    options->given.emplace_back("client_encoding", "UTF8");
    // libpq's own limit, which only a ping needs: whole seconds, and it takes 1 as 2.
    options->given.emplace_back(
        "connect_timeout", QByteArray::number(std::max(2, (limits.connectTimeout + 999) / 1000)));
    options->given.emplace_back("tcp_user_timeout", QByteArray::number(limits.connectTimeout * 3));
    return options;
}

std::optional<Error> setUp(PGconn *connection, const Settings &settings, const Limits &limits,
                           const Target &target)
{
    Questions questions(connection, limits, target);
    if (!settings.expectedSystemIdentifier.isEmpty()) {
        const auto answer = questions.ask(identity);
        if (!answer)
            return answer.error();
        if (QLatin1String(PQgetvalue(answer->get(), 0, 0)) != settings.expectedSystemIdentifier)
            return stranger(target);
    }
    const auto answer =
        questions.ask(sessionSettings, {QByteArray::number(limits.statementTimeout),
                                        QByteArray::number(limits.lockTimeout),
                                        QByteArray::number(idleInTransactionTimeout)});
    if (!answer)
        return answer.error();
    PQsetnonblocking(connection, 1);
    return std::nullopt;
}

base::Result<ConnectionHandle> connectTo(const Settings &settings, const Limits &limits,
                                         int tunnelPort)
{
    const base::Result<ConnectOptions> options = ourOptions(settings, limits, tunnelPort);
    if (!options)
        return options.error();
    Handshake handshake = shakeHands(*options, limits);
    if (!handshake.isDone)
        return connectionFailure(handshake, *options, limits);
    if (const auto error = setUp(handshake.connection.get(), settings, limits, options->target))
        return *error;
    return std::move(handshake.connection);
}

bool isAnswering(const Settings &settings, const Limits &limits, int tunnelPort)
{
    const base::Result<ConnectOptions> options = ourOptions(settings, limits, tunnelPort);
    return options && options->with(PQpingParams) != PQPING_NO_RESPONSE;
}

} // namespace pg
