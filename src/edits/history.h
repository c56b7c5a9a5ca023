// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/staged.h"

namespace edits
{

/// Staged edits with what they were before and after: undoing is a swap of values.
class History
{
public:
    const Staged &now() const { return m_now; }
    /// Makes \a next the current state; what was undone is gone. False when nothing changes.
    bool apply(const Staged &next);
    bool canUndo() const { return !m_past.isEmpty(); }
    bool canRedo() const { return !m_future.isEmpty(); }
    void undo();
    void redo();
    /// Begins anew with \a now and nothing to undo.
    void reset(const Staged &now = {});

private:
    Staged m_now;
    QList<Staged> m_past, m_future; ///< the nearest last
};

} // namespace edits
