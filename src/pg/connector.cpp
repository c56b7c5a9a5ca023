// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/connector.h"

#include "pg/failure.h"
#include "pg/resultpage.h"
#include "pg/text.h"

#include <libpq-fe.h>

#include <array>

namespace pg
{

using base::Error;

namespace
{
constexpr int idleInTransactionTimeout = 300'000; // ms; a hung helper must not hold locks for ever

/// The session's settings and the server's identity in one round trip. pg_control_system() is only
/// asked when its answer is needed: some hosted servers do not let everyone call it.
constexpr const char *setUp = "SELECT set_config('statement_timeout', $1, false),"
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

/// Gives \a call, a function of libpq, what it connects by.
template <typename Call>
auto withParameters(const QByteArray &text, const Limits &limits, Call call)
{
    // Later keywords win over the URL's own, and that over earlier ones. libpq counts whole seconds
    // and takes 1 as 2. A connection that says nothing is asked whether it is still there.
    const QByteArray seconds =
        QByteArray::number(std::max(2, (limits.connectTimeout + 999) / 1000));
    const QByteArray unacknowledged = QByteArray::number(limits.connectTimeout * 3);
    const std::array keywords{"keepalives_idle",  "keepalives_interval",
                              "dbname",           "application_name",
                              "client_encoding",  "connect_timeout",
                              "tcp_user_timeout", static_cast<const char *>(nullptr)};
    const std::array values{"30",
                            "10",
                            text.constData(),
                            "sluice",
                            "UTF8",
                            seconds.constData(),
                            unacknowledged.constData(),
                            static_cast<const char *>(nullptr)};
    return call(keywords.data(), values.data(), 1);
}

ConnectionHandle openConnection(const QByteArray &text, const Limits &limits)
{
    ConnectionHandle connection(withParameters(text, limits, PQconnectdbParams));
    // The default receiver prints the server's notices on standard error.
    PQsetNoticeReceiver(
        connection.get(), [](void *, const PGresult *) {}, nullptr);
    return connection;
}

std::optional<Error> setUpSession(PGconn *connection, const Limits &limits, const Target &target)
{
    const QByteArray statement = QByteArray::number(limits.statementTimeout);
    const QByteArray lock = QByteArray::number(limits.lockTimeout);
    const QByteArray idle = QByteArray::number(idleInTransactionTimeout);
    const std::array values{statement.constData(), lock.constData(), idle.constData()};
    const ResultHandle result(PQexecParams(connection, setUp, int(values.size()), nullptr,
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

void CloseConnection::operator()(PGconn *connection) const
{
    PQfinish(connection);
}

base::Result<ConnectionHandle> connectTo(const Settings &settings, const Limits &limits)
{
    const base::Result<QByteArray> text = connectionText(settings);
    if (!text)
        return text.error();
    const base::Result<Target> place = target(settings);
    if (!place)
        return place.error();
    ConnectionHandle connection = openConnection(*text, limits);
    if (PQstatus(connection.get()) != CONNECTION_OK)
        return connectionFailure(connection.get(), *place);
    if (const auto error =
            checkIdentity(connection.get(), settings.expectedSystemIdentifier, *place))
        return *error;
    if (const auto error = setUpSession(connection.get(), limits, *place))
        return *error;
    PQsetnonblocking(connection.get(), 1);
    return connection;
}

bool isAnswering(const Settings &settings, const Limits &limits)
{
    const base::Result<QByteArray> text = connectionText(settings);
    return text && withParameters(*text, limits, PQpingParams) != PQPING_NO_RESPONSE;
}

} // namespace pg
