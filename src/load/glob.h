// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace load
{

class Disk;

/// Files and folders that \a pattern (relative to \a root, or absolute) names: with `**`, `*`, `?`,
/// `[a-z]` and `{a,b}` as npm's glob understands them, sorted as it sorts, absolute. What is in
/// `node_modules` is found only by a pattern that says so; links to folders are not followed, so
/// loops of them end.
QStringList globMatches(Disk &disk, const QString &root, const QString &pattern);

} // namespace load
