// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/history.h"

#include <utility>

namespace edits
{

namespace
{
constexpr qsizetype mostSteps = 500;
} // namespace

bool History::apply(const Staged &next)
{
    if (next == m_now)
        return false;
    m_past << std::exchange(m_now, next);
    if (m_past.size() > mostSteps)
        m_past.removeFirst();
    m_future.clear();
    return true;
}

void History::undo()
{
    if (canUndo())
        m_future << std::exchange(m_now, m_past.takeLast());
}

void History::redo()
{
    if (canRedo())
        m_past << std::exchange(m_now, m_future.takeLast());
}

void History::reset(const Staged &now)
{
    m_now = now;
    m_past.clear();
    m_future.clear();
}

} // namespace edits
