// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QFuture>
#include <QStringList>

namespace session
{

/// A drizzle config that a folder holds, for a person who has to choose.
struct ConfigChoice {
    QString file;     ///< absolute
    QString relative; ///< to the folder that was looked through
    QString schema;   ///< what it names as its schema when it says so plainly, else empty
    bool operator==(const ConfigChoice &) const = default;
};

/// The configs in \a folder and below it, nearer ones first; looked for on a worker thread.
QFuture<base::Result<QList<ConfigChoice>>> configsIn(const QString &folder);

} // namespace session
