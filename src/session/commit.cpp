// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/commit.h"

#include "base/receive.h"

namespace session
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
/// The server was asked and did not answer. Also an answer that it is going down says nothing of
/// what became of a COMMIT.
bool isOpen(const Error &error)
{
    return error.kind == ErrorKind::Connection || error.kind == ErrorKind::Cancelled ||
           error.kind == ErrorKind::Limit || error.sqlState.startsWith(QLatin1String("57P")) ||
           error.sqlState.startsWith(QLatin1String("08"));
}

/// The server may still be at it: it has heard COMMIT, or not yet that nobody is there any more. So
/// it is asked until it is over, for some seconds.
Outcome whatBecameOf(const QString &transaction, pg::Pool &others)
{
    const Result<rows::Page> status = base::await(others.run(
        {QStringLiteral(
             "SELECT s.word FROM pg_catalog.generate_series(0, 100) AS n (i), LATERAL (\n"
             "SELECT pg_catalog.pg_sleep(CASE WHEN n.i = 0 THEN 0 ELSE 0.1 END), "
             "pg_catalog.txid_status($1) AS word) AS s\n"
             "WHERE s.word IS DISTINCT FROM 'in progress' LIMIT 1"),
         {sql::parameter(transaction)}}));
    const QString word = status && status->rowCount() == 1 ? status->text(0, 0) : QString();
    return word == QLatin1String("committed") ? Outcome::Written
           : word == QLatin1String("aborted") ? Outcome::Nothing
                                              : Outcome::Unknown;
}
} // namespace

CommitEnd commit(pg::Transaction &transaction, pg::Pool &others)
{
    const Result<rows::Page> number =
        transaction.run({QStringLiteral("SELECT pg_catalog.txid_current()::text"), {}});
    if (!number)
        return {Outcome::Nothing, number.error()};
    const Result<rows::Page> done = transaction.run({QStringLiteral("COMMIT"), {}});
    if (done)
        return {Outcome::Written, {}};
    // Cancelled before the word was sent, the transaction is open still.
    if (!isOpen(done.error()) || transaction.isOpen())
        return {Outcome::Nothing, done.error()};
    const Outcome outcome = whatBecameOf(number->text(0, 0), others);
    if (outcome == Outcome::Written)
        return {outcome, {}};
    Error error = done.error();
    if (outcome == Outcome::Nothing)
        error.hint.clear(); // it is known by now what the server did
    return {outcome, error};
}

} // namespace session
