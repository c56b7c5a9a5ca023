// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "base/result.h"
#include "load/disk.h"
#include "load/lexer.h"
#include "load/process.h"
#include "load/sourcemap.h"

#include <QHash>
#include <QSet>
#include <QStringList>

#include <map>
#include <memory>

namespace load
{

/// Why a file cannot be used, and where in it.
struct FileError {
    base::ErrorKind kind = base::ErrorKind::InvalidInput;
    QString text;
    QString hint;
    int line = 0; ///< from 1; 0 is unknown
    int column = 0;
};

/// A file of the project as JavaScript, or what is wrong with it.
struct Transformed {
    QByteArray code; ///< CommonJS, with esbuild's helpers as globals
    std::shared_ptr<const SourceMap> map;
    int firstLine = 1; ///< the line of `map` that is the code's first
    QList<Import> imports;
    std::optional<FileError> error;
};

/// Reads sources and has esbuild make JavaScript of them, each by itself: drizzle-kit's loader does
/// the same, and a real bundle would lose the order of a barrel's exports. What was made is kept.
///
/// All files go into one bundle in which every import is external, and that is cut into its files
/// again: as entry points of their own they take esbuild three times as long.
class Transformer
{
public:
    using TsConfigFor = std::function<QString(const QString &folder)>;
    using IsAlias = std::function<bool(const QString &file, const QString &specifier)>;

    /// \a root is the working folder; \a tsConfigFor names the tsconfig.json of a folder; \a
    /// isAlias tells a name that means a file from that of a package.
    Transformer(const base::Installation &installation, Disk &disk, const QString &root,
                const TsConfigFor &tsConfigFor, const IsAlias &isAlias);

    /// The text of \a file; nothing when it is unreadable, too large or not UTF-8.
    std::optional<QByteArray> source(const QString &file);

    /// What \a file imports, as far as its text tells; nothing when there is no source().
    QList<Import> importsOf(const QString &file);

    /// Makes JavaScript of those of \a files (canonical) that were not asked for before, in one go.
    /// A file with an error has it in its Transformed; only what concerns none of them fails.
    std::optional<base::Error> transform(const QStringList &files, const Cancelled &cancelled);

    /// The tsconfig.json that esbuild cannot read, absolute, and what it says of it; without a
    /// file when there is none. All files were transformed without such files then.
    const std::pair<QString, FileError> &unreadableTsConfig() const { return m_badTsConfig; }

    /// What transform() made of \a file; null when it was not asked to.
    const Transformed *find(const QString &file) const;

    /// esbuild's helpers, which every file's code expects as globals: `var` declarations.
    const QByteArray &helpers() const { return m_helpers; }

private:
    std::optional<FileError> read(const QString &file, QByteArray &text);
    std::optional<base::Error> run(const QStringList &files, const Cancelled &cancelled,
                                   bool withMetafile = false);
    bool takeTsConfigError(const QByteArray &output);
    bool takeErrors(const QStringList &files, const QHash<QString, QString> &inputs,
                    const QByteArray &output);
    QHash<QString, QString> inputsFor(const QStringList &files, const QString &scratch);
    QStringList externals(const QStringList &files);
    bool hasOthers(const QStringList &files, const QHash<QString, QString> &inputs,
                   const QByteArray &bundle) const;
    bool take(const QStringList &files, const QHash<QString, QString> &inputs,
              const QByteArray &bundle, const QByteArray &map);

    void noteSettings(const QStringList &files);

    base::Installation m_installation;
    Disk &m_disk;
    QString m_root;
    TsConfigFor m_tsConfigFor;
    IsAlias m_isAlias;
    QByteArray m_helpers;
    QHash<QString, QByteArray> m_sources;
    QHash<QString, QList<Import>> m_imports; ///< of importsOf()
    QSet<QString> m_noted;                   ///< folders of noteSettings()
    std::map<QString, Transformed> m_made;
    std::pair<QString, FileError> m_badTsConfig;
    QSet<QString> m_followed; ///< what esbuild has to be told to leave in place
};

} // namespace load
