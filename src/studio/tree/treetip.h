// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/tree/treemodel.h"

namespace studio
{

/// What a tooltip says of \a node, line by line: what it is, what its code says of it, how code and
/// database stand to each other, and where it is written.
QString toolTipOf(const diff::OverlayNode &node, const TableFacts &facts);

/// "schema/contacts.ts:12", or empty.
QString placeText(const schema::SourceLocation &place);

} // namespace studio
