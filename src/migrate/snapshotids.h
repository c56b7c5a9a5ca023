// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace migrate
{

/// The ids at the head of a snapshot.
struct SnapshotIds {
    QString id, prevId; ///< empty: no snapshot
};

/// Of the file in \a path, mostly without reading all of it.
SnapshotIds idsOf(const QString &path);

} // namespace migrate
