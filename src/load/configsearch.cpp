// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/configsearch.h"

#include "load/configtext.h"
#include "load/folderwalk.h"
#include "load/project.h"
#include "load/text.h"
#include "load/workspace.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace load
{

using base::Error;

namespace
{

constexpr int mostSources = 5'000;    ///< files whose text is looked at
constexpr qint64 largest = 256 << 10; ///< bytes of a file whose text is looked at

/// The names that drizzle-kit knows, and their relatives, in the order in which they count.
const QStringList &usualNames()
{
    static const QStringList names{
        QStringLiteral("drizzle.config.ts"),   QStringLiteral("drizzle.config.js"),
        QStringLiteral("drizzle.config.mjs"),  QStringLiteral("drizzle.config.cjs"),
        QStringLiteral("drizzle.config.mts"),  QStringLiteral("drizzle.config.cts"),
        QStringLiteral("drizzle.config.json"),
    };
    return names;
}

/// Where a schema mostly is.
const QStringList &usualSchemas()
{
    static const QStringList names = [] {
        QStringList all;
        for (const char *folder :
             {"src/db", "db", "src/lib/db", "lib/db", "src/server/db", "server/db", "src/database",
              "database", "src/drizzle", "drizzle", "app/db", "src", "."}) {
            for (const char *name : {"schema.ts", "schema/index.ts"})
                all.append(QDir::cleanPath(
                    QStringLiteral("%1/%2").arg(QLatin1String(folder), QLatin1String(name))));
        }
        return all;
    }();
    return names;
}

bool isConfigName(const QString &name)
{
    static const QRegularExpression config(
        QStringLiteral("\\bconfig\\b.*\\.(ts|mts|cts|js|mjs|cjs|json)$"));
    return config.match(name).hasMatch();
}

/// drizzle.config.ts, drizzle-crm.config.ts, crm.drizzle.config.js, …
bool isDrizzleConfigName(const QString &name)
{
    static const QRegularExpression config(
        QStringLiteral("(^|[.\\-_])drizzle\\b.*config.*\\.(ts|mts|cts|js|mjs|cjs|json)$"));
    return config.match(name).hasMatch();
}

/// Whether \a path is a drizzle config whatever it is called: configs/pg.config.ts.
bool isDrizzleConfig(Disk &disk, const QString &path)
{
    static const QRegularExpression import(
        QStringLiteral("\\b(from|require\\(|import\\()\\s*['\"]drizzle-kit['\"]"));
    return isConfigName(QFileInfo(path).fileName()) &&
           import.match(QString::fromUtf8(disk.read(path, largest))).hasMatch();
}

/// Whether the config says itself that it is for another database.
bool isForeign(Disk &disk, const QString &path)
{
    const auto config = configLiterals(disk.read(path, largest));
    const auto text = [&](const char *name) { return config.value(name, std::string()); };
    const bool texts = !config.contains("dialect") || config["dialect"].is_string();
    if (!texts || (config.contains("driver") && !config["driver"].is_string()))
        return false;
    return text("dialect").empty() ? !text("driver").empty() && text("driver") != "pg"
                                   : text("dialect") != "postgresql";
}

/// Those for PostgreSQL, when there are any.
QStringList suitable(Disk &disk, const QStringList &files)
{
    QStringList kept = files;
    kept.removeIf([&](const QString &file) { return isForeign(disk, file); });
    return kept.isEmpty() ? files : kept;
}

Error ambiguous(const QString &folder, const QStringList &files)
{
    constexpr qsizetype most = 10;
    QStringList names;
    for (const QString &file : files.first(std::min(files.size(), most)))
        names.append(QDir(folder).relativeFilePath(file));
    if (files.size() > most)
        names.append(Text::tr("and %1 more").arg(files.size() - most));
    return {.kind = base::ErrorKind::Ambiguous,
            .text = Text::tr("The folder holds several drizzle configs"),
            .where = folder,
            .detail = names.join(QLatin1String(", ")),
            .hint = Text::tr("Open one of these files instead of the folder")};
}

Place configPlace(const QString &file)
{
    return {.configFile = file, .schema = {}, .root = QFileInfo(file).path()};
}

/// The config in \a folder itself; several without the usual name are a question.
std::optional<base::Result<Place>> configIn(Disk &disk, const QString &folder)
{
    const QDir dir(folder);
    QStringList usual, others, unnamed;
    for (const QString &name : usualNames()) {
        if (disk.exists(dir.filePath(name)))
            usual.append(dir.filePath(name));
    }
    // A config is called after what it is; other files that come and go do not matter.
    for (const Disk::Item &item : disk.list(folder, QStringLiteral("config"))) {
        if (!item.isFile() || item.name.startsWith(u'.') || usualNames().contains(item.name))
            continue;
        (isDrizzleConfigName(item.name) ? others : unnamed).append(dir.filePath(item.name));
    }
    if (usual.isEmpty() && others.isEmpty()) {
        others = unnamed;
        others.removeIf([&](const QString &file) { return !isDrizzleConfig(disk, file); });
    }
    if (usual.isEmpty() && others.isEmpty())
        return std::nullopt;
    const QStringList files = suitable(disk, usual + others);
    if (usual.contains(files.first()) || files.size() == 1)
        return base::Result<Place>(configPlace(files.first()));
    return base::Result<Place>(ambiguous(folder, files));
}

/// Files below \a folder that declare tables: they import drizzle-orm's pg-core.
QStringList filesWithTables(Disk &disk, const QString &folder)
{
    static const QRegularExpression source(QStringLiteral("\\.(ts|mts|tsx|js|mjs)$"));
    static const QRegularExpression test(QStringLiteral("\\.(d|test|spec)\\.\\w+$"));
    QStringList found;
    int looked = 0;
    walkFolders(disk, folder, {}, [&](const QDir &dir, const QStringList &names) {
        for (const QString &name : names) {
            if (!source.match(name).hasMatch() || test.match(name).hasMatch())
                continue;
            const QByteArray text = disk.read(dir.filePath(name), largest);
            if (text.contains("drizzle-orm/pg-core") && text.contains("able("))
                found.append(dir.filePath(name));
            if (++looked > mostSources)
                return false;
        }
        return true;
    });
    return found;
}

/// The schema of a folder without a config; empty when it is nowhere, or in several places.
QString schemaIn(Disk &disk, const QString &folder)
{
    const QDir dir(folder);
    for (const QString &name : usualSchemas()) {
        const QString path = dir.filePath(name);
        if (disk.isFile(path) && (disk.read(path, largest).contains("drizzle-orm/pg-core") ||
                                  name.endsWith(QLatin1String("index.ts"))))
            return path;
    }
    const QStringList files = filesWithTables(disk, folder);
    if (files.size() < 2)
        return files.value(0);
    const QString common = QFileInfo(files.first()).path();
    const bool together = std::ranges::all_of(
        files, [&](const QString &file) { return QFileInfo(file).path() == common; });
    if (!together)
        return {};
    const QString index = common + QStringLiteral("/index.ts");
    return disk.isFile(index) ? index : common;
}

/// What findConfigs() answers.
QStringList configsBelow(Disk &disk, const QString &folder)
{
    QStringList found, others;
    const WalkLimits limits{.part = QStringLiteral("config")};
    walkFolders(disk, folder, limits, [&](const QDir &dir, const QStringList &names) {
        for (const QString &name : usualNames()) {
            if (names.contains(name))
                found.append(dir.filePath(name));
        }
        for (const QString &name : names) {
            if (!usualNames().contains(name))
                (isDrizzleConfigName(name) ? found : others).append(dir.filePath(name));
        }
        return true;
    });
    if (found.isEmpty()) {
        found = others;
        found.removeIf([&](const QString &file) { return !isDrizzleConfig(disk, file); });
    }
    return suitable(disk, found);
}

base::Result<Place> findBelow(Disk &disk, const QString &folder)
{
    const QStringList below = configsBelow(disk, folder);
    if (below.size() == 1)
        return configPlace(below.first());
    if (below.size() > 1)
        return ambiguous(folder, below);
    if (const QString schema = schemaIn(disk, folder); !schema.isEmpty())
        return Place{.configFile = {}, .schema = schema, .root = folder};
    return base::Error{
        .kind = base::ErrorKind::NotFound,
        .text = Text::tr("No drizzle config was found"),
        .where = folder,
        .detail = Text::tr("looked for %1 here and in the folders below, and for one schema")
                      .arg(usualNames().join(QLatin1String(", "))),
        .hint = Text::tr("Open the folder that holds the config, or one schema file")};
}

/// A URL, or what libpq takes in place of one.
bool isAddress(const QString &path)
{
    static const QRegularExpression form(
        QStringLiteral("^[A-Za-z][A-Za-z0-9+.-]+:/|\\b(password|host|dbname)\\s*="));
    return form.match(path).hasMatch();
}

} // namespace

QStringList findConfigs(const QString &path)
{
    Disk disk;
    return configsBelow(disk, QDir::cleanPath(QFileInfo(path).absoluteFilePath()));
}

QString folderWithConfigAbove(const QString &folder)
{
    Disk disk;
    const QString own = disk.canonical(QFileInfo(folder).absoluteFilePath());
    const QString workspace = workspaceOf(disk, own);
    QDir at(own);
    const auto isTop = [&] {
        return at.path() == workspace ||
               (own == workspace && disk.isFile(at.filePath(QStringLiteral("package.json"))));
    };
    const bool isAlone = own == workspace; // or there is none
    if (isAlone && disk.isFile(at.filePath(QStringLiteral("package.json"))))
        return {};
    while (at.cdUp()) {
        if (configIn(disk, at.path()))
            return at.path();
        if (isTop())
            return {};
    }
    return {};
}

QStringList configsBeside(Disk &disk, const QString &folder)
{
    QStringList files;
    for (const Disk::Item &item : disk.list(folder, QStringLiteral("config"))) {
        if (item.isFile() && isDrizzleConfigName(item.name))
            files.append(QDir(folder).filePath(item.name));
    }
    return files;
}

base::Result<Place> findConfig(Disk &disk, const QString &path)
{
    const QFileInfo info(QDir::cleanPath(QFileInfo(path).absoluteFilePath()));
    if (!disk.exists(info.filePath()) && isAddress(path))
        return base::Error{
            .kind = base::ErrorKind::InvalidInput,
            .text = Text::tr("The address of a database is no project"),
            .detail = Text::tr("it is not shown here, since a password may be in it"),
            .hint = Text::tr("give the project's folder; a database goes behind --url, and is a "
                             "source as postgres://user@host:port/database")};
    if (!disk.exists(info.filePath()))
        return base::Error{.kind = base::ErrorKind::NotFound,
                           .text = Text::tr("The project is not there"),
                           .where = info.filePath(),
                           .detail = Text::tr("no such file or folder"),
                           .hint = Text::tr("Check the path")};
    if (disk.isFolder(info.filePath())) {
        const auto own = configIn(disk, info.filePath());
        return own ? *own : findBelow(disk, info.filePath());
    }
    if (isConfigName(info.fileName()))
        return configPlace(info.filePath());
    return Place{.configFile = {}, .schema = info.filePath(), .root = info.path()};
}

} // namespace load
