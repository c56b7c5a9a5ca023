// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace migrate
{

/// What drizzle cuts a migration's file at.
inline const QString breakpointText = QStringLiteral("--> statement-breakpoint");

/// \a statement with the same meaning and without drizzle's breakpoint anywhere in its constants,
/// names and comments: a file with it would be cut in the middle.
QString withoutBreakpoints(const QString &statement);

} // namespace migrate
