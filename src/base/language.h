// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QCoreApplication;

namespace base
{

/// Lets \a application speak the person's language (LANGUAGE, LC_ALL, LC_MESSAGES or LANG): the
/// first of theirs that is English, which is in the code, or has a file in \a folder
/// (Installation::translations()). The C locale is English.
void installTranslations(QCoreApplication &application, const QString &folder);

} // namespace base
