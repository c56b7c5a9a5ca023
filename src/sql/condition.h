// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace sql
{

/// Whether \a text is one condition that may stand in brackets behind WHERE and cannot reach out of
/// them: its own brackets, quotes and comments are closed, it has no parameters, and it calls
/// nothing that classify() refuses. What it reads is not judged here: see tenant/splice.h.
base::Result<base::Done> checkCondition(const QString &text);

} // namespace sql
