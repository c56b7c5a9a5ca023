// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/cascade.h"
#include "edits/inverse.h"
#include "pg/pool.h"

#include <QHash>
#include <QSet>

namespace session
{

/// Keeps the rows that the deletions of a commit take with them along foreign keys, and the
/// references to them that become NULL: nobody has them afterwards. Inside the commit's
/// transaction.
class Cascaded
{
public:
    Cascaded(pg::Transaction &transaction, const schema::Database &live, const edits::Reach &reach)
        : m_transaction(transaction)
        , m_live(live)
        , m_reach(reach)
    {
    }

    /// Before the statements: reads what they may take with them.
    base::Result<base::Done> before(const QList<edits::Write> &writes);
    /// Behind them: what they left stays out of it.
    base::Result<base::Done> behind();

    const QList<edits::Written> &rows() const { return m_rows; }
    /// Tables of which rows went or were changed, or may have been, that are not among rows(): they
    /// are too many or too large, have no key, or may not be read.
    const QStringList &lost() const { return m_lost; }

private:
    base::Result<base::Done> readAll(const QList<edits::Write> &writes);
    base::Result<base::Done> read(const edits::Cascade &cascade, const QList<edits::RowId> &parents,
                                  QList<edits::RowId> &found);
    void take(const rows::Page &page, const schema::Table &table, QList<edits::RowId> &found);
    void takeEmptied(const rows::Page &page, const schema::Table &table,
                     const QStringList &columns);
    static void keepEmptied(edits::Written &row, const QList<edits::Field> &now);
    base::Result<bool> isSmall(const edits::Cascade &cascade, const QStringList &columns,
                               const QList<edits::RowId> &parents, qint64 stored);
    using Now = QHash<edits::RowId, QList<edits::Field>>;
    base::Result<Now> rowsNow();
    void giveUp();
    void lose(const schema::Name &table);

    pg::Transaction &m_transaction;
    const schema::Database &m_live;
    const edits::Reach &m_reach;
    QList<edits::Written> m_rows;
    QSet<edits::RowId> m_known; ///< of m_rows, and those that are deleted by name
    QStringList m_reached;      ///< tables
    QStringList m_lost;
    qsizetype m_named = 0;
    qint64 m_stored = 0; ///< bytes
    qint64 m_bytes = 0;  ///< as they come
    bool m_isTooMuch = false;
};

} // namespace session
