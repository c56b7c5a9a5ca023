// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "base/result.h"
#include "load/process.h"
#include "load/sourcemap.h"
#include "schema/origin.h"

#include <QHash>
#include <QMap>
#include <QSet>
#include <QStringList>

namespace load
{

/// A project's files that some entry files need, as JavaScript. Files are named relative to the
/// project's folder.
struct Bundle {
    struct Module {
        QByteArray code;                    ///< CommonJS
        QByteArray map;                     ///< its source map, JSON
        QMap<QString, QString> resolutions; ///< import specifier → file
    };
    QStringList entries;
    QMap<QString, Module> modules;
    QSet<QString> packages; ///< what is imported and not part of the project

    /// \a generated, a place in a module's JavaScript, as the place in its source.
    schema::SourceLocation toSource(const schema::SourceLocation &generated) const;

private:
    mutable QHash<QString, SourceMap> m_maps; ///< parsed when first asked for
};

/// Transforms \a entries and everything they import inside \a workspace.
///
/// esbuild resolves the graph (tsconfig paths, extensions) and transforms each file by itself, as
/// drizzle-kit's loader does: a real bundle would lose the order of a barrel's exports. Fails for a
/// syntax error, an import that is not found, and a file outside of the workspace, each with its
/// place.
base::Result<Bundle> bundle(const base::Installation &installation, const QString &root,
                            const QString &workspace, const QStringList &entries,
                            const Cancelled &cancelled);

} // namespace load
