// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "sql/outline.h"

namespace tenant
{

/// The error for a statement that cannot be kept to one tenant: why, what in it, and what to write
/// instead.
base::Error refused(const QString &why, const sql::WordPlace &what, const QString &instead);

} // namespace tenant
