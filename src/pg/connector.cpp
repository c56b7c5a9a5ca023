// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/connector.h"

#include "pg/failure.h"
#include "pg/resultpage.h"
#include "pg/text.h"

#include <libpq-fe.h>

#include <algorithm>
#include <array>

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

std::optional<Error> setUpSession(PGconn *connection, const Limits &limits, const Target &target)
{
    const QByteArray statement = QByteArray::number(limits.statementTimeout);
    const QByteArray lock = QByteArray::number(limits.lockTimeout);
    const QByteArray idle = QByteArray::number(idleInTransactionTimeout);
    const std::array values{statement.constData(), lock.constData(), idle.constData()};
    const ResultHandle result(PQexecParams(connection, sessionSettings, int(values.size()), nullptr,
                                           values.data(), nullptr, nullptr, 0));
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK)
        return statementFailure(result.get(), connection, target, QString());
    return std::nullopt;
}

std::optional<Error> checkIdentity(PGconn *connection, const QString &expected,
                                   const Target &target)
{
    if (expected.isEmpty())
        return std::nullopt;
    const ResultHandle result(PQexec(connection, identity));
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK)
        return statementFailure(result.get(), connection, target, QString());
    if (QLatin1String(PQgetvalue(result.get(), 0, 0)) != expected)
        return stranger(target);
    return std::nullopt;
}
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
    if (const auto error = checkIdentity(connection, settings.expectedSystemIdentifier, target))
        return error;
    if (const auto error = setUpSession(connection, limits, target))
        return error;
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
