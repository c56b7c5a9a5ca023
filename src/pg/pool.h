// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/poolstate.h"
#include "pg/settings.h"
#include "pg/task.h"
#include "rows/page.h"
#include "sql/statement.h"

#include <QFuture>

#include <functional>
#include <memory>

namespace pg
{

enum class Access {
    Read, ///< inside our own BEGIN READ ONLY, after a first query
    Write ///< the caller holds a lease
};

/// Limits set on every connection and statement, milliseconds.
struct Limits {
    int statementTimeout = 60'000;
    int lockTimeout = 3'000;
    int connectTimeout = 10'000;
    int idleTimeout = 60'000; ///< an unused connection is closed after this long
};

/// How COPY writes rows: Csv with a line of names, or Text, a row a line with tabs and \N.
enum class CopyForm { Csv, Text };

/// Takes a piece of what COPY writes, whole rows; an error ends the copying.
using CopySink = std::function<base::Result<base::Done>(QByteArrayView)>;

/// Adds the next piece of what COPY reads to an empty text; false at the end. An error ends the
/// copying and undoes it.
using CopySource = std::function<base::Result<bool>(QByteArray &piece)>;

/// Statements that share one connection and, when asked, one transaction; see Pool::transaction.
class Transaction
{
public:
    virtual ~Transaction() = default;
    /// Runs one statement on this connection and waits. Only inside Pool::transaction's work.
    virtual base::Result<rows::Page> run(const sql::Statement &statement) = 0;
    /// Hands the rows of \a query, which only reads, to \a sink as they come: COPY (query) TO
    /// STDOUT, in memory is one row. Returns the number of rows. What the sink refuses costs the
    /// connection.
    virtual base::Result<qint64> copyOut(const sql::Statement &query, CopyForm form,
                                         const CopySink &sink) = 0;
    /// Sends what \a source gives to \a copy, a COPY … FROM STDIN in the text form. Only with
    /// Access::Write. Returns the number of rows.
    virtual base::Result<qint64> copyIn(const QString &copy, const CopySource &source) = 0;
    /// Runs text that may hold several statements, by the simple protocol (migration files only).
    virtual base::Result<base::Done> runScript(const QByteArray &script) = 0;
    /// With Access::Read: gives up the transaction, a failed one too, for another with a new
    /// snapshot.
    virtual base::Result<base::Done> restart() = 0;
    virtual bool cancelled() const = 0;
    /// Whether a transaction was begun here and has neither ended nor been lost.
    virtual bool isOpen() const = 0;
};

/// A handful of lazy connections to one server on one I/O thread: nothing connects before the first
/// run. Thread-safe. Cancelling a returned future cancels the statement on the server.
class Pool
{
public:
    explicit Pool(Settings settings, Limits limits = {}, int maximumConnections = 4);
    ~Pool(); ///< cancels what runs and closes

    /// One statement through the extended protocol, in a transaction of its own. With Access::Read
    /// only SELECT, WITH, VALUES, TABLE, SHOW and EXPLAIN run (Refused), and what they do is rolled
    /// back.
    QFuture<base::Result<rows::Page>> run(sql::Statement statement, Access access = Access::Read);

    /// Hands one connection to \a work on a worker thread; the connection is not shared meanwhile.
    /// With Access::Read everything is inside BEGIN READ ONLY REPEATABLE READ; with Access::Write
    /// \a work says BEGIN and COMMIT itself. Afterwards an open transaction is rolled back. \a work
    /// may hold the last reference to the pool.
    QFuture<base::Result<base::Done>>
    transaction(Access access, std::function<base::Result<base::Done>(Transaction &)> work);

    /// As transaction(), for work that has a result: pool.transact<int>(Access::Read, …).
    template <typename T>
    QFuture<base::Result<T>> transact(Access access,
                                      std::function<base::Result<T>(Transaction &)> work)
    {
        auto task = std::make_unique<TypedTask<T>>(std::move(work));
        const QFuture<base::Result<T>> future = task->future();
        submit(access, std::move(task));
        return future;
    }

    int serverVersion() const; ///< as PoolState
    int openConnections() const;
    const PoolState &state() const; ///< lives as long as the pool
    const Settings &settings() const;

private:
    void submit(Access access, std::unique_ptr<Task> task);

    class Private;
    std::shared_ptr<Private> d;
};

} // namespace pg
