// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "diff/overlaymarks.h"

namespace diff
{

/// What an overlay is made of; pointers may be null.
struct OverlayContext {
    const schema::Database *code = nullptr;
    const schema::Database *database = nullptr; ///< with the names of the code
    const Marks *marks = nullptr;               ///< null: nothing was compared
    QHash<schema::Name, QList<const schema::Relation *>> relations{}; ///< of the code, by table

    /// Marks \a node by the change that is about it; without one it is where what it belongs to is
    /// (\a inside), or in both.
    void judge(OverlayNode &node, const Mark *mark, Presence inside, bool inCode) const;
};

/// A table of code and database laid over each other; one of them may be null.
OverlayNode overlayTable(const OverlayContext &context, const schema::Table *code,
                         const schema::Table *database, Presence inside);

/// Names the children of \a node that are not in both, and marks \a node as different when there
/// are some. A relation is knowledge of the code and never makes its table differ.
void judgeByChildren(OverlayNode &node);

} // namespace diff
