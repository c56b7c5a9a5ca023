// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/bundle.h"

namespace load
{

/// Sources that lie next to a schema's files and may have to do with it. Looked for by their place
/// and name, so that a large application is not read: the folders of the schema's files, with
/// those below when they are the schema's own, the folder above them, and of \a root's package
/// every file that is called after relations.
QStringList sourcesBeside(Bundler &bundler, const QStringList &schemaFiles);

/// Those of \a files whose text declares relations of Drizzle.
QStringList filesWithRelations(Bundler &bundler, const QStringList &files);

/// A notice for each table and enum that one of \a files declares while no file of \a bundle
/// imports it: drizzle-kit does not see them. A look at the text, which is enough for a hint.
QList<schema::Problem> unreachedTables(Bundler &bundler, const Bundle &bundle,
                                       const QStringList &files);

} // namespace load
