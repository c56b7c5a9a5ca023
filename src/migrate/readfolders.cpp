// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/folders.h"
#include "migrate/history.h"
#include "migrate/journal.h"
#include "migrate/layouts.h"
#include "migrate/text.h"

#include <QDateTime>
#include <QSet>
#include <QTimeZone>

#include <algorithm>

namespace migrate
{

namespace
{
using Kind = Finding::Kind;
using Severity = Finding::Severity;

class Reader
{
public:
    explicit Reader(Folder &folder)
        : m_folder(folder)
    {
    }

    void read()
    {
        if (QFileInfo::exists(journalPath(m_folder.path)))
            obstruct(m_folder, {.kind = Kind::NotOurs,
                                .file = QStringLiteral("meta/_journal.json"),
                                .what = Text::tr("the folder has migrations of drizzle-kit 1.0 and "
                                                 "a journal of an older one"),
                                .why = Text::tr("drizzle-kit 1.0 refuses it"),
                                .hint = Text::tr("run \"drizzle-kit up\"")});
        const QStringList names = nestedFolders(m_folder.path);
        for (const QString &name : names) {
            if (QFileInfo(m_folder.path + u'/' + name + QStringLiteral("/snapshot.json")).isFile())
                m_newest = name;
        }
        for (const QString &name : names)
            readMigration(name);
        noteChain();
        readState();
    }

private:
    void readMigration(const QString &name)
    {
        Migration migration{.idx = int(m_folder.migrations.size()),
                            .tag = name,
                            .file = name + QStringLiteral("/migration.sql"),
                            .when = timeOf(name),
                            .sql = {},
                            .hash = {}};
        readSql(m_folder, migration);
        const QString file = name + QStringLiteral("/snapshot.json");
        migration.hasSnapshot = QFileInfo(m_folder.path + u'/' + file).isFile();
        if (!migration.hasSnapshot) {
            Finding missing = missingSnapshot(name, file, name < m_newest ? m_newest : QString());
            if (name < m_newest) // what follows says whether it is missed
                missing.why = Text::tr("it was written by hand, or its snapshot was lost");
            add(m_folder, missing);
        } else if (base::Result<NestedSnapshot> snapshot =
                       readNestedSnapshot(m_folder.path, name)) {
            m_history.add(std::move(snapshot).value());
        } else {
            obstruct(m_folder, unreadable(m_folder, file, Text::tr("a snapshot cannot be read"),
                                          snapshot.error()));
        }
        m_folder.migrations << migration;
    }

    void noteChain()
    {
        const NestedSnapshot *first = nullptr;
        QHash<QString, QString> folderOf;
        for (const NestedSnapshot &snapshot : m_history.all())
            folderOf.insert(snapshot.id, snapshot.folder);
        for (const NestedSnapshot &snapshot : m_history.all()) {
            const QString file = snapshot.folder + QStringLiteral("/snapshot.json");
            // A snapshot of version 8 has everything and is none to go back to.
            if (snapshot.parents.isEmpty() && first)
                obstruct(m_folder,
                         {.kind = Kind::TwoBranches,
                          .file = file,
                          .what = Text::tr("%1 and %2 both begin the folder: two branches")
                                      .arg(first->folder, snapshot.folder),
                          .why = Text::tr("each was generated into an empty folder"),
                          .hint = Text::tr("keep one, with all that follows it, and generate the "
                                           "other's changes again"),
                          .tag = snapshot.folder});
            if (snapshot.parents.isEmpty() && !first)
                first = &snapshot;
            for (const QString &parent : snapshot.parents) {
                if (!folderOf.contains(parent))
                    obstruct(m_folder, {.kind = Kind::BrokenChain,
                                        .file = file,
                                        .what = Text::tr("%1 follows a snapshot that is not there")
                                                    .arg(snapshot.folder),
                                        .why = Text::tr("a migration between the two is gone"),
                                        .hint = Text::tr("restore it from git"),
                                        .tag = snapshot.folder});
                else if (folderOf.value(parent) >= snapshot.folder)
                    obstruct(m_folder,
                             {.kind = Kind::WrongOrder,
                              .file = file,
                              .what = Text::tr("%1 runs before %2, which it follows")
                                          .arg(snapshot.folder, folderOf.value(parent)),
                              .why = Text::tr("migrations run in the order of their names"),
                              .hint = Text::tr("give its folder a later time"),
                              .tag = snapshot.folder});
            }
        }
    }

    void readState()
    {
        m_folder.openBranches = m_history.leaves();
        if (m_folder.openBranches.isEmpty())
            return;
        m_folder.lastSnapshotId = m_folder.openBranches.first();
        const bool isOld = std::ranges::any_of(
            m_history.all(), [](const NestedSnapshot &entry) { return entry.version < 9; });
        if (isOld)
            obstruct(m_folder, {.severity = Severity::Warning,
                                .kind = Kind::NotOurs,
                                .file = {},
                                .what = Text::tr("the snapshots have version 8, of a beta of "
                                                 "drizzle-kit 1.0"),
                                .why = Text::tr("later ones refuse the folder"),
                                .hint = Text::tr("run \"drizzle-kit up\"")});
        if (!m_folder.obstacle.isEmpty() && !isOld)
            return;
        base::Result<Rows> rows = m_history.stateOf(m_folder.openBranches);
        if (!rows) {
            obstruct(m_folder,
                     {.kind = Kind::Unreadable,
                      .file = rows.error().where,
                      .what = QStringLiteral("%1: %2").arg(rows.error().text, rows.error().detail),
                      .why = {},
                      .hint = rows.error().hint});
            return;
        }
        m_folder.schema = databaseOf(*rows);
        m_folder.rows = std::make_shared<const Rows>(std::move(rows).value());
    }

    Folder &m_folder;
    History m_history;
    QString m_newest; ///< the last migration with a snapshot
};
} // namespace

qint64 timeOf(const QString &folder)
{
    const QDateTime time = QDateTime::fromString(folder.left(14), QStringLiteral("yyyyMMddHHmmss"));
    return time.isValid()
               ? QDateTime(time.date(), time.time(), QTimeZone::utc()).toMSecsSinceEpoch()
               : 0;
}

Layout layoutOf(const QString &path, Layout whenEmpty)
{
    if (!nestedFolders(path).isEmpty())
        return Layout::Folders;
    const bool isEmpty = !QFileInfo::exists(journalPath(path)) && snapshotFiles(path).isEmpty() &&
                         QDir(path).entryList({QStringLiteral("*.sql")}, QDir::Files).isEmpty();
    return isEmpty ? whenEmpty : Layout::Journal;
}

void readFoldersLayout(Folder &folder)
{
    Reader(folder).read();
}

base::Result<schema::Database> readNestedState(const Folder &folder, const Migration &migration)
{
    History history;
    QString id;
    for (const QString &name : nestedFolders(folder.path)) {
        base::Result<NestedSnapshot> snapshot = readNestedSnapshot(folder.path, name);
        if (!snapshot && name == migration.tag)
            return snapshot.error();
        if (!snapshot)
            continue;
        if (name == migration.tag)
            id = snapshot->id;
        history.add(std::move(snapshot).value());
    }
    const base::Result<Rows> rows = history.stateOf({id});
    if (!rows)
        return rows.error();
    return databaseOf(*rows);
}

} // namespace migrate
