// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "studio/source/editorcommand.h"

namespace studio
{

/// Opens \a place in the editor that \a command names; an empty one means the detected editor, or
/// what the desktop opens such files with. The editor is on its own from then on. Fails when the
/// file or the program is not there.
base::Result<base::Done> openInEditor(const QString &command, const FilePlace &place);

} // namespace studio
