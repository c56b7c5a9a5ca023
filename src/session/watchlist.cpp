// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/watchlist.h"

#include "load/project.h"
#include "load/workspace.h"

#include <QDir>
#include <QSet>

namespace session
{

namespace
{
constexpr qsizetype mostFolders = 1'000;

/// Folders with what nobody writes by hand, and hidden ones.
bool isForeign(const QString &name)
{
    static const QSet<QString> foreign{QStringLiteral("node_modules"), QStringLiteral("dist"),
                                       QStringLiteral("build"), QStringLiteral("coverage")};
    return name.startsWith(QLatin1Char('.')) || foreign.contains(name);
}

/// \a root and the folders below it, breadth first.
QStringList foldersBelow(const QString &root)
{
    if (!QFileInfo(root).isDir())
        return {};
    QStringList found{root};
    for (qsizetype i = 0; i < found.size() && found.size() < mostFolders; ++i) {
        const QDir folder(found.at(i));
        for (const QString &name :
             folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name)) {
            if (!isForeign(name) && found.size() < mostFolders)
                found << folder.filePath(name);
        }
    }
    return found;
}

/// The folders in which \a pattern of a config's `schema` looks for files.
QStringList foldersOf(const QString &root, const QString &pattern)
{
    const QString path = QDir::cleanPath(QDir(root).absoluteFilePath(pattern));
    if (QFileInfo(path).isDir())
        return {path};
    const QStringList parts = path.split(QLatin1Char('/'));
    static const QString marks = QStringLiteral("*?[{(");
    const auto isPattern = [](const QString &part) {
        return std::ranges::any_of(part, [](QChar c) { return marks.contains(c); });
    };
    const auto first = std::ranges::find_if(parts, isPattern);
    if (first == parts.end())
        return {};
    QString base = parts.mid(0, first - parts.begin()).join(QLatin1Char('/'));
    while (!base.isEmpty() && !QFileInfo(base).isDir()) // not made yet: whatever holds it
        base = QFileInfo(base).path();
    // A star in a folder's name, or **, reaches below; one in the file's name does not.
    const bool deep = first != std::prev(parts.end());
    return deep ? foldersBelow(base) : QStringList{base};
}

/// The files that say how those of \a folder are read.
QStringList settingsIn(const QString &folder)
{
    QStringList files;
    for (const char *name :
         {".env", ".env.local", ".env.development", ".env.development.local", "tsconfig.json"})
        files << QDir(folder).filePath(QLatin1String(name));
    return files;
}

void makeUnique(WatchList &list)
{
    list.files.removeDuplicates();
    list.folders.removeDuplicates();
}
} // namespace

bool isSourceName(const QString &name)
{
    static const QSet<QString> suffixes{
        QStringLiteral("ts"),  QStringLiteral("tsx"), QStringLiteral("mts"),
        QStringLiteral("cts"), QStringLiteral("js"),  QStringLiteral("jsx"),
        QStringLiteral("mjs"), QStringLiteral("cjs"), QStringLiteral("json")};
    return name.startsWith(QLatin1String(".env")) ||
           suffixes.contains(name.section(QLatin1Char('.'), -1).toLower());
}

WatchList watchListOf(const load::Config &config, const QStringList &files)
{
    WatchList list{files + config.schemaFiles, {}};
    if (!config.file.isEmpty())
        list.files << config.file;
    if (!config.root.isEmpty()) {
        list.files << settingsIn(config.root) << settingsIn(load::workspaceOf(config.root));
        for (const QString &pattern : config.schema)
            list.folders << foldersOf(config.root, pattern);
    }
    makeUnique(list);
    return list;
}

WatchList watchListOfFailure(const QString &root, const WatchList &known, const QString &culprit)
{
    WatchList list = known;
    list.folders << foldersBelow(root);
    list.files << settingsIn(root);
    if (!culprit.isEmpty()) {
        list.files << culprit;
        list.folders << QFileInfo(culprit).path();
    }
    makeUnique(list);
    return list;
}

} // namespace session
