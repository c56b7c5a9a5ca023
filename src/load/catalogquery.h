// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace load
{

/// SQL as a server of \a majorVersion understands it: without lines of comment, and of the lines
/// that end in `-- 15+` or `-- <15` those that are meant for it.
QString textForVersion(const QString &text, int majorVersion);

/// The query resources/catalog/<name>.sql for \a majorVersion.
QString queryText(const QString &name, int majorVersion);

/// The first of \a names that \a text names as a whole word, or nothing.
QString firstNamed(const QString &text, const QStringList &names);

} // namespace load
