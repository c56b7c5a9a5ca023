// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/widgets/rowswindow.h"

namespace studio
{

/// Keys at known distances along a result: what makes the scroll bar true. From the mark before a
/// row it is step() rows at most.
class RowsRuler
{
public:
    /// Row numbers count from 0; the mark's key is that of the row before `row`.
    struct Mark {
        qint64 row = 0;
        RowKey key;
    };

    /// So many marks at most: with more, every second one goes and the step doubles.
    static constexpr qsizetype MostMarks = 10'000;

    /// Begins anew for a result of about \a rows.
    void begin(qint64 rows);
    /// The key of the row that is step() rows behind the last mark.
    void add(const RowKey &key);
    /// There is no such row.
    void finish() { m_isComplete = true; }
    void clear() { *this = RowsRuler(); }

    bool isComplete() const { return m_isComplete; }
    qint64 step() const { return m_step; }
    qsizetype marks() const { return m_marks.size(); }
    qint64 reach() const { return m_marks.isEmpty() ? 0 : m_marks.last().row; } ///< rows measured
    /// The last mark; without any the beginning, which has no key.
    Mark last() const { return m_marks.isEmpty() ? Mark() : m_marks.last(); }
    /// The nearest mark at or before \a row.
    Mark before(qint64 row) const;
    /// The nearest mark on either side of \a row; also the beginning, which has no key.
    Mark nearest(qint64 row) const;

private:
    qint64 m_step = 0;
    QList<Mark> m_marks;
    bool m_isComplete = false;
};

} // namespace studio
