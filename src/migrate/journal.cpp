// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/journal.h"

#include "migrate/folderchange.h"
#include "migrate/text.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

#include <nlohmann/json.hpp>

namespace migrate
{

namespace
{
QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
} // namespace

QString journalPath(const QString &folder)
{
    return folder + QStringLiteral("/meta/_journal.json");
}

QString sqlPath(const QString &folder, const QString &tag)
{
    return folder + u'/' + tag + QStringLiteral(".sql");
}

QString snapshotPath(const QString &folder, const QString &tag)
{
    return folder + QStringLiteral("/meta/") + tag.section(u'_', 0, 0) +
           QStringLiteral("_snapshot.json");
}

QStringList snapshotFiles(const QString &folder)
{
    QStringList files =
        QDir(folder + QStringLiteral("/meta")).entryList({QStringLiteral("*.json")}, QDir::Files);
    files.removeIf([](const QString &name) { return name.startsWith(u'_'); });
    std::ranges::sort(files);
    return files;
}

QByteArray fingerprintOf(const QString &folder)
{
    // Kept nowhere; of megabytes SHA-256 takes five times as long.
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    const QStringList snapshots = snapshotFiles(folder);
    const Leftovers left = leftoversIn(folder);
    for (const QString &name : QDir(folder).entryList(QDir::Files, QDir::Name)) {
        if (!left.files.contains(name))
            hash.addData(name.toUtf8() + '\n');
    }
    // 1.0's layout: a folder for each migration.
    const QDir::Filters folders = QDir::Dirs | QDir::NoDotAndDotDot;
    for (const QString &name : QDir(folder).entryList(folders, QDir::Name)) {
        const QString path = folder + u'/' + name + QStringLiteral("/snapshot.json");
        if (!left.folders.contains(name) && QFile::exists(path))
            hash.addData(name.toUtf8() + '/' + contentOf(path) + '\n');
    }
    for (const QString &name : snapshots)
        hash.addData(name.toUtf8() + '\n');
    hash.addData(contentOf(journalPath(folder)));
    if (!snapshots.isEmpty())
        hash.addData(contentOf(folder + QStringLiteral("/meta/") + snapshots.last()));
    return hash.result().toHex();
}

base::Result<QByteArray> journalWith(const QString &folder, const QList<Migration> &migrations)
{
    Json journal{{"version", "7"}, {"dialect", "postgresql"}, {"entries", Json::array()}};
    if (QFileInfo::exists(journalPath(folder))) {
        base::Result<Json> read = readJson(journalPath(folder));
        if (!read)
            return read.error();
        journal = std::move(read).value();
    }
    if (!journal.is_object() || !journal["entries"].is_array())
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("The journal has no list of entries"),
                           .where = journalPath(folder)};
    for (const Migration &migration : migrations)
        journal["entries"].push_back(journalEntry(migration));
    return stringify(journal);
}

Json journalEntry(const Migration &migration)
{
    return Json{{"idx", migration.idx},
                {"version", "7"},
                {"when", migration.when},
                {"tag", toJson(migration.tag)},
                {"breakpoints", migration.breakpoints}};
}

bool isHashOf(const QByteArray &sql, const QByteArray &hash)
{
    const auto hashOf = [](const QByteArray &text) {
        return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex();
    };
    QByteArray plain = sql;
    plain.replace("\r\n", "\n");
    QByteArray windows = plain;
    windows.replace("\n", "\r\n");
    return hashOf(sql) == hash || hashOf(plain) == hash || hashOf(windows) == hash;
}

QByteArray snapshotCopy(const QString &path, const QString &id, const QString &prevId)
{
    base::Result<Json> read = readJson(path);
    if (!read || !read->is_object())
        return {};
    Json &root = *read;
    root["id"] = toJson(id);
    root["prevId"] = toJson(prevId);
    return stringify(root);
}

} // namespace migrate
