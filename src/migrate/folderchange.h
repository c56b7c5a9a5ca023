// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QMap>
#include <QStringList>

namespace migrate
{

/// What one write does to a migrations folder. Names are relative to the folder.
struct FolderChange {
    QMap<QString, QByteArray> create; ///< files beside meta/, or in new folders of 1.0's layout
    QMap<QString, QByteArray> meta;   ///< names in meta/, new or replaced
    QStringList metaRemove;           ///< names in meta/ that go
    QMap<QString, QByteArray> remove; ///< files beside meta/ that go, with their content
    QStringList tags;                 ///< the journal has all of them once the change is there
    static constexpr const char *journal = "_journal.json"; ///< the name in meta/ that lands last
};

/// Brings \a change into \a folder: all of it or, on an error, nothing. Whoever is killed on the
/// way leaves a folder that reads as before or as after, and what lies about goes with the next
/// write: everything is written into a folder of its own first, then meta/ is exchanged in one
/// step. Refuses when another Sluice writes there, when a file to be created exists, and when the
/// folder's fingerprint is no longer \a fingerprint.
base::Result<base::Done> apply(const FolderChange &change, const QString &folder,
                               const QByteArray &fingerprint);

/// Puts one new file beside meta/ or into a folder that is there.
base::Result<base::Done> addFile(const QString &folder, const QString &name,
                                 const QByteArray &content);

/// What a killed write left in a folder.
struct Leftovers {
    bool any = false;
    QStringList files;   ///< names beside meta/ that belong to nothing and go with the next write
    QStringList folders; ///< the same of 1.0's layout: migrations of a write that had more of them
};
Leftovers leftoversIn(const QString &folder);

/// The name of the folder that a write prepares its files in; drizzle-kit does not see it.
QString stagingName();

} // namespace migrate
