// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/staged.h"

namespace edits
{

/// Values of a row called r as they are selected to be held against others later: of a long one its
/// digest comes in its place, so that 50 MB stay on the server. What they shall be set back to is
/// no case for this: that is read whole.
class Shortened
{
public:
    /// What is selected for the next value.
    QString add(const schema::Column &column);
    QString addWhole(const schema::Column &column);
    /// Behind what is selected: the digests, under the name `digestsColumn`.
    QString digests() const;
    /// Behind these, for people: how the long ones begin, under the name `beginningsColumn`.
    QString beginnings() const;

private:
    QStringList m_digests;
    QStringList m_beginnings;
    int m_count = 0;
};

inline const QString digestsColumn = QStringLiteral("sluice_digests");
inline const QString beginningsColumn = QStringLiteral("sluice_beginnings");

/// How a long value begins, and how long it is.
struct Beginning {
    QString text;
    qint64 bytes = 0; ///< of its text form; 0: the value is not long
    bool operator==(const Beginning &) const = default;
};

/// The value that was added as number \a index, with what digests() gave.
OldValue shortened(const sql::Parameter &value, const sql::Parameter &digests, qsizetype index);

/// Of that value, with what beginnings() gave.
Beginning beginningOf(const sql::Parameter &beginnings, qsizetype index);

/// A row as RETURNING gave it, with or without digests behind it.
QList<SeenField> returnedBy(const QList<Field> &row);

} // namespace edits
