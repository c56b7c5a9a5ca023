// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <optional>

namespace pg
{

/// Why \a text may not run with Access::Read, or nothing.
///
/// A READ ONLY transaction stops ordinary writes, but COPY … TO PROGRAM and DO blocks reach outside
/// it and COMMIT ends it. So only statements that begin with SELECT, WITH, VALUES, TABLE, SHOW or
/// EXPLAIN pass.
std::optional<base::Error> refusedForReading(const QString &text);

} // namespace pg
