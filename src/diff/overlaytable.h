// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/overlay.h"

namespace diff
{

/// What the database has, when it is known: without one every presence is Unknown.
struct OverlayContext {
    const schema::Database *code = nullptr;
    const schema::Database *database = nullptr;
};

/// Where a thing is that \a inCode and \a inDatabase say is there.
Presence presence(const OverlayContext &context, bool inCode, bool inDatabase);

/// A table of code and database laid over each other; one of them may be null.
OverlayNode overlayTable(const OverlayContext &context, const schema::Table *code,
                         const schema::Table *database);

/// Names the children of \a node that are not in both, and marks \a node as different when there
/// are some. A relation is knowledge of the code and never makes its table differ.
void judgeByChildren(OverlayNode &node);

} // namespace diff
