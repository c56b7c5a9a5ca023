// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowsruler.h"

#include <algorithm>

namespace studio
{

namespace
{
constexpr qint64 LeastStep = 100;
}

void RowsRuler::begin(qint64 rows)
{
    clear();
    m_step = std::max(LeastStep, (rows + MostMarks - 1) / MostMarks);
}

void RowsRuler::add(const RowKey &key)
{
    m_marks.append({.row = reach() + m_step, .key = key});
    if (m_marks.size() <= MostMarks)
        return;
    // The last mark stays, so that the next step begins there.
    QList<Mark> kept;
    for (qsizetype i = (m_marks.size() + 1) % 2; i < m_marks.size(); i += 2)
        kept.append(m_marks.at(i));
    m_marks = kept;
    m_step *= 2;
}

RowsRuler::Mark RowsRuler::before(qint64 row) const
{
    const auto after =
        std::upper_bound(m_marks.cbegin(), m_marks.cend(), row,
                         [](qint64 wanted, const Mark &mark) { return wanted < mark.row; });
    return after == m_marks.cbegin() ? Mark() : *std::prev(after);
}

RowsRuler::Mark RowsRuler::nearest(qint64 row) const
{
    const Mark above = before(row);
    const Mark below = before(row + m_step);
    return below.row - row < row - above.row ? below : above;
}

} // namespace studio
