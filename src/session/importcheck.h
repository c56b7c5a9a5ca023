// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/importrows.h"
#include "tenant/writecheck.h"

namespace session
{

/// What an import writes with: the temporary table's columns, and the statements.
struct ImportStatements {
    QString target; ///< SQL
    QList<StagedColumn> columns;
    QString conflict;        ///< ON CONFLICT …, or nothing
    QStringList key;         ///< of an update
    bool selfRefers = false; ///< a foreign key of the table leads to itself

    /// The staged rows as rows of the table, with sluice_n; columns that are not given are NULL.
    QString relation(const schema::Table &table, const QString &from) const;
    /// INSERT of \a values, SQL for each column, FROM what \a from says.
    QString insert(const QStringList &values, const QString &from) const;
    QStringList casts() const; ///< of the staged texts, from rows called s
    QStringList names() const; ///< quoted
};

/// Finds every bad row among those that are staged in pg_temp.sluice_rows, and tries to write the
/// others; whoever calls it rolls back. Blocks of plpgsql do it, so it takes as many round trips
/// for a row as for a million: types that do not parse and NULLs are looked for column by column,
/// then what would leave the tenant, and the rest shows when rows are written, in pieces that grow
/// as long as all goes well.
class ImportCheck
{
public:
    ImportCheck(pg::Transaction &transaction, const ImportRequest &request,
                const ImportStatements &statements)
        : m_transaction(transaction)
        , m_request(request)
        , m_statements(statements)
    {
    }

    base::Result<base::Done> run();

    // Behind it.
    base::Result<QList<BadRow>> listed();
    base::Result<QList<qint64>> numbers(); ///< of the bad rows, in order
    qint64 written() const { return m_written; }
    qint64 known() const { return m_known; } ///< whose keys are in the table

private:
    base::Result<base::Done> prepare();
    base::Result<base::Done> convert();
    base::Result<base::Done> examineColumn(const StagedColumn &column);
    base::Result<base::Done> examineTenant();
    QString ownColumn() const;
    base::Result<base::Done> examineKeys();
    base::Result<base::Done> tryWriting();
    base::Result<base::Done> note(const sql::Statement &found, const QString &column,
                                  const QString &state, const QString &reason);
    base::Result<base::Done> run(const QString &text);
    base::Result<qint64> number(const QString &text);
    base::Result<QHash<QString, QStringList>> constraintColumns();
    QString reasonOf(const QString &state, const QString &message, const QString &constraint,
                     const QStringList &columns) const;

    pg::Transaction &m_transaction;
    const ImportRequest &m_request;
    const ImportStatements &m_statements;
    qint64 m_written = 0;
    qint64 m_known = 0;
};

/// The rows of the staged ones, in \a relation, that would take another tenant's row over: they
/// have its key. Selects sluice_n.
sql::Statement thefts(const ImportRequest &request, const ImportStatements &statements,
                      const QString &relation);

/// The number of rows in \a relation whose keys are in the table.
QString knownRows(const ImportStatements &statements, const QString &relation);

} // namespace session
