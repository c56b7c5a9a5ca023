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

bool contains(const QString &message, std::initializer_list<const char *> needles)
{
    return std::any_of(needles.begin(), needles.end(),
                       [&](const char *needle) { return message.contains(QLatin1String(needle)); });
}

/// SQLSTATE classes that say the connection is over: connection exceptions and operator
/// intervention other than a cancelled statement.
bool endsConnection(const QString &sqlState)
{
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
} // namespace

Error connectionFailure(PGconn *connection, const Target &target)
{
    const QString message = words(PQerrorMessage(connection));
    Error error{.kind = base::ErrorKind::Connection,
                .text = Text::tr("Cannot connect to the server"),
                .where = target.display(),
                .detail = message};
    if (PQconnectionNeedsPassword(connection) ||
        contains(message, {"password authentication failed", "authentication failed",
                           "no password supplied", "pg_hba.conf", "is not permitted to log in"}) ||
        (contains(message, {"role \""}) && contains(message, {"does not exist"}))) {
        error.kind = base::ErrorKind::Authentication;
        error.text = Text::tr("The server refused the login");
        error.hint = Text::tr("Check the user name and password in the database URL");
    } else if (contains(message, {"database \""}) && contains(message, {"does not exist"})) {
        error.text = Text::tr("The database does not exist");
        error.hint = Text::tr("Create it, or correct its name in the database URL");
    } else if (contains(message, {"could not translate host name"})) {
        error.text = Text::tr("The server's name is not known");
        error.hint = Text::tr("Check the host in the database URL and your network");
    } else if (contains(message, {"too many clients", "remaining connection slots"})) {
        error.hint =
            Text::tr("Close other programs that use this server, or raise max_connections");
    } else {
        error.hint = Text::tr(
            "Check that the server runs and that host and port in the database URL are right");
    }
    return error;
}

Error statementFailure(const PGresult *result, PGconn *connection, const Target &target,
                       const QString &statement)
{
    const QString sqlState = field(result, PG_DIAG_SQLSTATE);
    if (sqlState.isEmpty() || endsConnection(sqlState)) {
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

Error silentServer(const Target &target)
{
    Error error = lostConnection(target, Text::tr("The server does not answer any more"));
    error.hint = Text::tr("Look after the server and your network, then try again");
    return error;
}

} // namespace pg
