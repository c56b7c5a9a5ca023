// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "judge.h"

namespace changes
{

/// Remembers what is in the tables and columns that stay what they are, whatever they are called.
class RowCheck
{
public:
    /// Looks now. \a pool must stay until lost() was asked.
    RowCheck(const Trial &trial, pg::Pool &pool);

    /// The tables and columns that hold something else now; empty: none.
    QStringList lost() const;

private:
    struct Watched {
        QString name;     ///< for people
        QByteArray after; ///< the query that asks for it after the change
        QString value;
    };
    QList<Watched> m_watched;
    pg::Pool &m_pool;
};

/// The expectations that the database does not meet, with what it holds.
QStringList unmet(const QList<Expectation> &expectations, pg::Pool &pool);

} // namespace changes
