// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/installation.h"

#include <QDir>

namespace base
{

Installation installationOf(const QString &binaryFolder)
{
    const QDir folder(binaryFolder);
    return {.share = QDir::cleanPath(folder.filePath(QStringLiteral("../share/sluice"))),
            .libexec = QDir::cleanPath(folder.filePath(QStringLiteral("../libexec/sluice")))};
}

} // namespace base
