// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/disk.h"
#include "load/resolver.h"
#include "load/sourcemap.h"
#include "load/transformer.h"
#include "schema/problem.h"

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
        QByteArray code; ///< CommonJS
        std::shared_ptr<const SourceMap> map;
        int firstLine = 1;                  ///< the line of `map` that is the code's first
        QMap<QString, QString> resolutions; ///< import specifier → file
    };
    QStringList named;           ///< all entries
    QStringList entries;         ///< those that are not broken
    QStringList relationEntries; ///< files outside of the schema that have its relations
    QMap<QString, Module> modules;
    QByteArray helpers;              ///< declarations of globals that the modules use
    QMap<QString, FileError> broken; ///< files that cannot be used: they have no module
    QSet<QString> packages;          ///< what is imported and not part of the project
    QList<schema::Problem> notices;

    /// \a generated, a place in a module's JavaScript, as the place in its source.
    schema::SourceLocation toSource(const schema::SourceLocation &generated) const;

    /// Whether something imports \a package or a module inside of it.
    bool imports(const QString &package) const;

    /// The files that lead from an entry to \a file, with both; empty when none does.
    QStringList chainTo(const QString &file) const;

    /// What is wrong with the broken file \a name.
    schema::Problem problemOf(const QString &name) const;
};

/// Says in \a error's detail by which imports the file in its place was reached.
base::Error withChain(base::Error error, const QStringList &chain);

/// Finds and transforms what files of one project import, once for all that is asked of it.
class Bundler
{
public:
    /// \a root is the project's folder, \a workspace the one that all files have to be in.
    Bundler(const base::Installation &installation, Disk &disk, const QString &root,
            const QString &workspace);

    /// Files that will be asked for as entries soon: they are transformed along with the next
    /// bundle, because starting esbuild costs more than a few files.
    void expect(const QStringList &files);

    /// Called with what is known of a bundle so far.
    using Taken = std::function<void(const Bundle &bundle)>;

    /// \a entries and everything they import inside of the workspace. A file that cannot be used
    /// is broken and costs what depends on it; when that is every entry, the answer is an error
    /// with its place. Of many files some are transformed at a time, and \a taken is told; as far
    /// as it shows, in the order in which they run.
    base::Result<Bundle> bundle(const QStringList &entries, const Cancelled &cancelled,
                                const Taken &taken = {});

    /// Adds those of \a files that import a file of \a bundle, with what they import, as
    /// relationEntries. One that cannot be used is noticed.
    std::optional<base::Error> addRelations(const QStringList &files, Bundle &bundle,
                                            const Cancelled &cancelled);

    /// \a file as a bundle names it, and the other way round.
    QString nameOf(const QString &file) const;
    QString pathOf(const QString &name) const;

    /// Whether \a file, canonical, may be read: it is one of the workspace's.
    bool isInside(const QString &file) const;

    Disk &disk() { return m_disk; }
    Resolver &resolver() { return m_resolver; }
    Transformer &transformer() { return m_transformer; }
    const QString &root() const { return m_root; } ///< canonical

private:
    QStringList foreseen(const QStringList &entries);
    std::optional<base::Error> transformNext(QStringList &ahead, const QStringList &waiting,
                                             const Cancelled &cancelled);
    QStringList take(const QString &file, Bundle &bundle);
    void missing(const QString &file, const QString &specifier, const Resolution &resolution,
                 Bundle &bundle);
    bool importsOneOf(const QString &file, const Bundle &bundle);
    void refuseOutside(QStringList &files, Bundle &bundle) const;
    void noticeTsConfigs(Bundle &bundle);
    schema::SourceLocation placeOfImport(const QString &file, const QString &specifier);

    Disk &m_disk;
    QString m_root;
    Resolver m_resolver;
    Transformer m_transformer;
    QStringList m_expected;
    qsizetype m_portion = 0; ///< files that are transformed at a time
};

} // namespace load
