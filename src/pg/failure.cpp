// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/failure.h"

#include "pg/text.h"

#include <libpq-fe.h>

#include <algorithm>

namespace pg
{

using base::Error;

namespace
{
/// The server's or libpq's words on one line.
QString words(const char *message)
{
    return QString::fromUtf8(message).simplified();
}

QString field(const PGresult *result, int code)
{
    const char *text = PQresultErrorField(result, code);
    return text ? words(text) : QString();
}

/// SQLSTATE classes that say the connection is over: connection exceptions and operator
/// intervention other than a cancelled statement. After an ERROR it goes on: that one speaks of
/// another connection, which a function or a foreign table has.
bool endsConnection(const PGresult *result, const QString &sqlState)
{
    if (field(result, PG_DIAG_SEVERITY_NONLOCALIZED) == QLatin1String("ERROR"))
        return false;
    return sqlState.startsWith(QLatin1String("08")) || sqlState == QLatin1String("57P01") ||
           sqlState == QLatin1String("57P02") || sqlState == QLatin1String("57P03") ||
           sqlState == QLatin1String("57P05") || sqlState == QLatin1String("25P03");
}

/// PostgreSQL counts characters from 1; QString counts UTF-16 units from 0.
std::optional<base::TextSpan> spanAt(const QString &statement, int character)
{
    if (character < 1)
        return std::nullopt;
    qsizetype unit = 0;
    for (int i = 1; i < character && unit < statement.size(); ++i)
        unit += statement.at(unit).isHighSurrogate() ? 2 : 1;
    qsizetype end = unit;
    while (end < statement.size() &&
           (statement.at(end).isLetterOrNumber() || statement.at(end) == u'_'))
        ++end;
    return base::TextSpan{unit, std::max(end - unit, qsizetype(unit < statement.size() ? 1 : 0))};
}

QString serverHint(const QString &sqlState, const QString &given)
{
    if (!given.isEmpty())
        return given;
    if (sqlState == QLatin1String("55P03"))
        return Text::tr("Another session holds the lock; try again when it is done");
    if (sqlState == QLatin1String("25006"))
        return Text::tr("Allow writes first: Sluice reads only until then");
    return {};
}
/// Text and what to do for a step of the login that failed.
struct Explanation {
    QString text, hint;
};

Explanation portFailure(const Handshake &handshake)
{
    if (handshake.isStranger)
        return {Text::tr("What answers there is no PostgreSQL server"),
                Text::tr("Correct the port in the database URL; PostgreSQL's own is 5432")};
    return {Text::tr("Cannot connect to the server"),
            Text::tr("Check that the server runs and that host and port in the database URL are "
                     "right")};
}

Explanation tlsFailure(const Handshake &handshake, const QString &sslMode)
{
    if (handshake.firstByte == 'N')
        return {Text::tr("The server offers no encrypted connection (TLS)"),
                Text::tr("Turn ssl on at the server; or, where nobody can listen on the way, write "
                         "sslmode=prefer instead of sslmode=%1")
                    .arg(sslMode)};
    // OpenSSL's words, which are English everywhere.
    if (handshake.message.contains(QLatin1String("certificate verify failed")))
        return {Text::tr("The server's certificate is not from an authority you trust"),
                Text::tr("Give the authority's certificate as sslrootcert; if you did, this may be "
                         "another server than you think")};
    if (handshake.message.contains(QLatin1String("alert")))
        return {Text::tr("The server refused the encrypted connection (TLS)"),
                Text::tr("It may want a certificate of yours: give sslcert and sslkey")};
    return {Text::tr("The encrypted connection (TLS) failed"),
            Text::tr("With sslmode=%1, host must be a name in the server's certificate, and "
                     "sslrootcert the authority that signed it")
                .arg(sslMode)};
}

Explanation loginFailure(const Handshake &handshake)
{
    if (handshake.sqlState == QLatin1String("53300"))
        return {Text::tr("The server takes no more connections"),
                Text::tr("Close other programs that use this server, or raise max_connections")};
    if (handshake.sqlState == QLatin1String("57P03"))
        return {Text::tr("The server does not take connections now"),
                Text::tr("It is starting or stopping; try again in a moment")};
    if (handshake.sqlState == QLatin1String("28000"))
        return {Text::tr("The server refused the login"),
                Text::tr("Its rules (pg_hba.conf) let this user, from here, in that way, not in; "
                         "check the user name and sslmode")};
    return {Text::tr("The server refused the login"),
            Text::tr("Check the user name and password in the database URL")};
}

Explanation databaseFailure(const Handshake &handshake)
{
    if (handshake.sqlState == QLatin1String("3D000"))
        return {Text::tr("The database does not exist"),
                Text::tr("Create it, or correct its name in the database URL")};
    if (handshake.sqlState == QLatin1String("42501"))
        return {Text::tr("This user may not use the database"),
                Text::tr("Its owner can allow it: GRANT CONNECT ON DATABASE")};
    return {Text::tr("The server refused the connection"),
            Text::tr("Look into the server's log for more about it")};
}

bool isAboutTheLogin(const QString &sqlState)
{
    return sqlState.isEmpty() || sqlState.startsWith(QLatin1String("28"));
}
} // namespace

Error connectionFailure(const Handshake &handshake, const ConnectOptions &options,
                        const Limits &limits)
{
    if (handshake.step == Step::Name)
        return unknownName(options.target, handshake.message);
    const Explanation why = handshake.step == Step::Port    ? portFailure(handshake)
                            : handshake.step == Step::Tls   ? tlsFailure(handshake, options.sslMode)
                            : handshake.step == Step::Login ? loginFailure(handshake)
                                                            : databaseFailure(handshake);
    const bool isLogin = handshake.step == Step::Login && isAboutTheLogin(handshake.sqlState);
    return {.kind = isLogin ? base::ErrorKind::Authentication : base::ErrorKind::Connection,
            .text = why.text,
            .where = options.target.display(),
            .detail = handshake.timedOut ? Text::tr("There was no answer in %1 seconds")
                                               .arg(std::max(limits.connectTimeout, 2'000) / 1000)
                                         : handshake.message,
            .hint = why.hint,
            .sqlState = handshake.sqlState};
}

Error unknownName(const Target &target, const QString &detail)
{
    return {.kind = base::ErrorKind::Connection,
            .text = Text::tr("The server's name is not known"),
            .where = target.display(),
            .detail = detail,
            .hint = Text::tr("Check the host in the database URL and your network")};
}

Error statementFailure(const PGresult *result, PGconn *connection, const Target &target,
                       const QString &statement)
{
    const QString sqlState = field(result, PG_DIAG_SQLSTATE);
    if (sqlState.isEmpty() || endsConnection(result, sqlState)) {
        Error lost = lostConnection(target, field(result, PG_DIAG_MESSAGE_PRIMARY));
        lost.sqlState = sqlState;
        if (lost.detail.isEmpty())
            lost.detail = words(PQerrorMessage(connection));
        return lost;
    }
    const QString timeoutDetail = Text::tr("It ran longer than the statement timeout allows");
    Error error{.kind = base::ErrorKind::Server,
                .text = field(result, PG_DIAG_MESSAGE_PRIMARY),
                .where = target.display(),
                .detail = field(result, PG_DIAG_MESSAGE_DETAIL),
                .hint = serverHint(sqlState, field(result, PG_DIAG_MESSAGE_HINT)),
                .sqlState = sqlState};
    if (sqlState == QLatin1String("57014") && error.text.contains(QLatin1String("timeout")))
        error.detail = timeoutDetail;
    else if (sqlState == QLatin1String("57014"))
        error.kind = base::ErrorKind::Cancelled;
    if (const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION))
        error.span = spanAt(statement, QByteArray(position).toInt());
    return error;
}

Error lostConnection(const Target &target, const QString &detail)
{
    return {.kind = base::ErrorKind::Connection,
            .text = Text::tr("The connection to the server was lost"),
            .where = target.display(),
            .detail = detail,
            .hint = Text::tr("Try again; the next query connects anew")};
}

Error withUnknownOutcome(Error failure)
{
    if (failure.kind == base::ErrorKind::Connection)
        failure.hint = Text::tr("It is not known whether the server did what it was asked: look "
                                "before you do it again");
    return failure;
}

Error silentServer(const Target &target)
{
    Error error = lostConnection(target, Text::tr("The server does not answer any more"));
    error.hint = Text::tr("Look after the server and your network, then try again");
    return error;
}

} // namespace pg
