// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/overlay.h"

#include <memory>
#include <vector>

namespace studio
{

/// A node of the tree as the model holds it: the overlay's values, with a parent to walk up to.
struct TreeNode {
    diff::OverlayNode value; ///< without its children, which are beside it
    QString key;             ///< what makes it the same node after a reload, among its siblings
    TreeNode *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<TreeNode>> children;
};

} // namespace studio
