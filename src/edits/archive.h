// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "edits/staged.h"

namespace edits
{

/// \a staged as JSON for the workspace file; every value is a text, so that none is rounded.
QByteArray archived(const Staged &staged);

/// Reads what archived() wrote; InvalidInput when it is none, Unsupported when a newer Sluice wrote
/// it.
base::Result<Staged> unarchived(const QByteArray &json);

} // namespace edits
