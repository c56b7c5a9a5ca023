// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QStringList>

namespace load
{

class Disk;

/// The folder that a project's files may come from: the nearest one at or above \a folder with
/// `.git`, `pnpm-workspace.yaml`, `lerna.json`, `nx.json` or a package.json with "workspaces";
/// without any, the nearest one that is a package, else \a folder itself. Canonical.
QString workspaceOf(Disk &disk, const QString &folder);

/// The folder that the paths of the drizzle config in \a folder start from. drizzle-kit takes them
/// from where it is run, which no config says: mostly \a folder, in others that of the package or
/// of the workspace above. The nearest one in which all of \a patterns name files, else in which
/// one of them does; \a folder when there is none.
QString workingFolder(Disk &disk, const QString &folder, const QStringList &patterns);

/// The files that a config's `schema` names, in drizzle-kit's order: per entry, glob matches
/// sorted; a folder means the files in it, not those in folders below. What a build makes and is
/// not there stands for its source. Fails when there are none, naming what was looked for.
base::Result<QStringList> schemaFiles(Disk &disk, const QString &root, const QStringList &patterns);

/// Whether \a pattern names what a build makes, which is not there, while its source is.
bool namesBuilt(Disk &disk, const QString &root, const QString &pattern);

} // namespace load
