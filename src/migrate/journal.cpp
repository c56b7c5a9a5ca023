// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/journal.h"

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
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const QStringList snapshots = snapshotFiles(folder);
    for (const QString &name : QDir(folder).entryList(QDir::Files, QDir::Name))
        hash.addData(name.toUtf8() + '\n');
    for (const QString &name : snapshots)
        hash.addData(name.toUtf8() + '\n');
    hash.addData(contentOf(journalPath(folder)));
    if (!snapshots.isEmpty())
        hash.addData(contentOf(folder + QStringLiteral("/meta/") + snapshots.last()));
    return hash.result().toHex();
}

base::Result<QByteArray> journalWith(const QString &folder, const Migration &migration)
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
    journal["entries"].push_back(Json{{"idx", migration.idx},
                                      {"version", "7"},
                                      {"when", migration.when},
                                      {"tag", toJson(migration.tag)},
                                      {"breakpoints", migration.breakpoints}});
    return stringify(journal);
}

} // namespace migrate
