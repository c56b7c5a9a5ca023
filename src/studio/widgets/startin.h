// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFileDialog>

namespace studio
{

/// \a dialog opens in \a folder while no other one was visited: where the program was started is
/// no place that anybody has chosen.
inline void startIn(QFileDialog &dialog, const QString &folder)
{
    if (dialog.directory() == QDir::current())
        dialog.setDirectory(folder);
}

} // namespace studio
