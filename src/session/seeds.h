// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace session
{

/// One statement of a project's example data.
struct Seed {
    QString file;   ///< its name without the folder
    QString title;  ///< the first comment line: what people read while it runs
    QByteArray sql; ///< as it stands in the file
    bool operator==(const Seed &) const = default;
};

/// The statements of a file: divided by lines `--> statement-breakpoint`.
QList<Seed> seedsOf(const QString &file, const QByteArray &content);

/// All statements of \a folder's *.sql files, in the order of the files' names.
base::Result<QList<Seed>> readSeeds(const QString &folder);

} // namespace session
