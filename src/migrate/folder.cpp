// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/folder.h"

#include "migrate/journal.h"
#include "migrate/text.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

#include <nlohmann/json.hpp>

namespace migrate
{

namespace
{
/// The ids at the head of a snapshot, without reading all of it.
struct SnapshotIds {
    QString id, prevId;
};

SnapshotIds idsOf(const QString &path)
{
    static const QRegularExpression id(QStringLiteral("\"id\"\\s*:\\s*\"([^\"]*)\""));
    static const QRegularExpression prevId(QStringLiteral("\"prevId\"\\s*:\\s*\"([^\"]*)\""));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString head = QString::fromUtf8(file.read(1024));
    SnapshotIds ids{id.match(head).captured(1), prevId.match(head).captured(1)};
    if (!ids.id.isEmpty() && !ids.prevId.isEmpty())
        return ids;
    const base::Result<Json> root = readJson(path);
    return root ? SnapshotIds{textOf(*root, "id"), textOf(*root, "prevId")} : SnapshotIds{};
}

/// A tag names two files of the folder; one with a path in it would leave the folder.
bool isPlainTag(const QString &tag)
{
    return !tag.isEmpty() && !tag.contains(u'/') && !tag.contains(u'\\') &&
           tag != QLatin1String("..");
}

class Reader
{
public:
    explicit Reader(const QString &path)
    {
        m_folder.path = QDir(path).absolutePath();
        m_folder.lastSnapshotId = zeroSnapshotId;
    }

    Folder read()
    {
        m_folder.fingerprint = fingerprintOf(m_folder.path);
        readJournal();
        noteStrangers();
        readLastSnapshot();
        noteChain();
        return m_folder;
    }

private:
    void note(const QString &text) { m_folder.notices << text; }
    void obstruct(const QString &text)
    {
        note(text);
        if (m_folder.obstacle.isEmpty())
            m_folder.obstacle = text;
    }

    void readJournal()
    {
        const QString path = journalPath(m_folder.path);
        if (!QFile::exists(path)) {
            if (!snapshotFiles(m_folder.path).isEmpty())
                obstruct(Text::tr("meta/_journal.json is missing, but there are snapshots"));
            return;
        }
        const base::Result<Json> journal = readJson(path);
        if (!journal) {
            obstruct(
                Text::tr("meta/_journal.json cannot be read: %1").arg(toLine(journal.error())));
            return;
        }
        if (textOf(*journal, "dialect") != QLatin1String("postgresql"))
            obstruct(Text::tr("the folder's dialect is %1, not postgresql")
                         .arg(textOf(*journal, "dialect")));
        if (textOf(*journal, "version") != QLatin1String("7"))
            obstruct(Text::tr("the journal has version %1; only 7 is supported")
                         .arg(textOf(*journal, "version")));
        const auto entries = journal->find("entries");
        if (!journal->is_object() || entries == journal->end() || !entries->is_array()) {
            obstruct(Text::tr("meta/_journal.json has no list of entries"));
            return;
        }
        for (const Json &entry : *entries)
            readEntry(entry);
    }

    static qint64 numberOf(const Json &object, const char *key)
    {
        const auto it = object.find(key);
        return it != object.end() && it->is_number() ? it->get<qint64>() : 0;
    }

    void readEntry(const Json &entry)
    {
        Migration migration;
        migration.tag = textOf(entry, "tag");
        if (!entry.is_object() || !isPlainTag(migration.tag)) {
            obstruct(
                Text::tr("an entry of the journal has no usable tag: \"%1\"").arg(migration.tag));
            return;
        }
        migration.idx = int(numberOf(entry, "idx"));
        migration.when = numberOf(entry, "when");
        migration.breakpoints = flagOf(entry, "breakpoints", true);
        QFile file(sqlPath(m_folder.path, migration.tag));
        migration.hasSql = file.open(QIODevice::ReadOnly);
        if (migration.hasSql) {
            migration.sql = file.readAll();
            migration.hash =
                QCryptographicHash::hash(migration.sql, QCryptographicHash::Sha256).toHex();
        } else {
            note(Text::tr("%1.sql is missing").arg(migration.tag));
        }
        migration.hasSnapshot = QFile::exists(snapshotPath(m_folder.path, migration.tag));
        if (!migration.hasSnapshot)
            note(Text::tr("%1 has no snapshot: drizzle-kit will generate its changes again")
                     .arg(migration.tag));
        noteOrder(migration);
        m_folder.migrations << migration;
    }

    void noteOrder(const Migration &migration)
    {
        for (const Migration &earlier : std::as_const(m_folder.migrations)) {
            if (earlier.idx == migration.idx)
                note(Text::tr("%1 and %2 have the same number %3")
                         .arg(earlier.tag, migration.tag)
                         .arg(migration.idx));
        }
        if (!m_folder.migrations.isEmpty() && migration.when <= m_folder.migrations.last().when)
            note(Text::tr("%1 is not newer than %2: drizzle-kit may skip it")
                     .arg(migration.tag, m_folder.migrations.last().tag));
    }

    /// Files that no entry of the journal names.
    void noteStrangers()
    {
        QSet<QString> files, snapshots;
        for (const Migration &migration : std::as_const(m_folder.migrations)) {
            files << migration.tag + QStringLiteral(".sql");
            snapshots << QFileInfo(snapshotPath(m_folder.path, migration.tag)).fileName();
        }
        const QDir folder(m_folder.path);
        for (const QString &name : folder.entryList({QStringLiteral("*.sql")}, QDir::Files)) {
            if (!files.contains(name))
                note(Text::tr("%1 is not in the journal").arg(name));
        }
        for (const QString &name : snapshotFiles(m_folder.path)) {
            if (!snapshots.contains(name))
                note(Text::tr("meta/%1 belongs to no migration").arg(name));
        }
        const bool nested = std::ranges::any_of(
            folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot), [&folder](const QString &name) {
                return folder.exists(name + QStringLiteral("/migration.sql"));
            });
        if (nested)
            obstruct(Text::tr("the folder has migrations of drizzle-kit 1.0, which are not "
                              "supported yet"));
    }

    void readLastSnapshot()
    {
        const QStringList files = snapshotFiles(m_folder.path);
        if (files.isEmpty())
            return;
        const QString path = m_folder.path + QStringLiteral("/meta/") + files.last();
        base::Result<schema::Database> schema = readSnapshotFile(path);
        if (!schema) {
            obstruct(Text::tr("the last snapshot cannot be read: %1").arg(toLine(schema.error())));
            return;
        }
        m_folder.schema = std::move(schema).value();
        m_folder.lastSnapshotId = idsOf(path).id;
        if (m_folder.migrations.isEmpty())
            return;
        const Migration &last = m_folder.migrations.last();
        if (last.hasSnapshot && snapshotPath(m_folder.path, last.tag) != path)
            note(Text::tr("drizzle-kit goes on from meta/%1, which is not the last migration's")
                     .arg(files.last()));
    }

    /// Each snapshot names the one before it; two with the same one are two branches.
    void noteChain()
    {
        QHash<QString, QString> fileOf;
        QSet<QString> known{zeroSnapshotId};
        const QStringList files = snapshotFiles(m_folder.path);
        QList<SnapshotIds> all;
        for (const QString &file : files) {
            all << idsOf(m_folder.path + QStringLiteral("/meta/") + file);
            known << all.last().id;
        }
        for (qsizetype i = 0; i < files.size(); ++i) {
            const QString &previous = all[i].prevId;
            if (fileOf.contains(previous))
                note(Text::tr("meta/%1 and meta/%2 both follow the same snapshot: two branches")
                         .arg(fileOf.value(previous), files[i]));
            else if (!known.contains(previous))
                note(Text::tr("meta/%1 follows a snapshot that is not there").arg(files[i]));
            fileOf.insert(previous, files[i]);
        }
    }

    Folder m_folder;
};
} // namespace

QStringList Migration::statements() const
{
    QStringList found;
    const QStringList parts =
        QString::fromUtf8(sql).split(QStringLiteral("--> statement-breakpoint"));
    for (const QString &part : parts) {
        if (!part.trimmed().isEmpty())
            found << part.trimmed();
    }
    return found;
}

base::Result<Folder> readFolder(const QString &path)
{
    const QFileInfo info(path);
    if (info.exists() && !info.isDir())
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("The migrations folder is a file"),
                           .where = path};
    return Reader(path).read();
}

} // namespace migrate
