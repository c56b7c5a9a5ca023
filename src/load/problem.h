// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QStringList>

namespace load
{

/// The sentence for a code of resources/evaluator/problems.js with its arguments filled in.
QString sentence(const QString &code, const QStringList &arguments);

/// What to do about it; may be empty.
QString hintFor(const QString &code);

} // namespace load
