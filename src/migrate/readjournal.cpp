// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/folderchange.h"
#include "migrate/journal.h"
#include "migrate/layouts.h"
#include "migrate/reverse.h"
#include "migrate/snapshotids.h"
#include "migrate/text.h"

#include <QSet>

#include <algorithm>

#include <nlohmann/json.hpp>

namespace migrate
{

namespace
{
using Kind = Finding::Kind;
using Severity = Finding::Severity;

const QString journalFile = QStringLiteral("meta/_journal.json");

/// A tag names two files of the folder; one with a path in it would leave the folder.
bool isPlainTag(const QString &tag)
{
    return !tag.isEmpty() && !tag.contains(u'/') && !tag.contains(u'\\') &&
           tag != QLatin1String("..");
}

class Reader
{
public:
    explicit Reader(Folder &folder)
        : m_folder(folder)
        , m_snapshots(snapshotFiles(folder.path))
    {
    }

    void read()
    {
        readJournal();
        // Of a journal that is not understood nobody knows what it names.
        if (!unsound(m_folder, Needs::Migrations))
            noteStrangers();
        readLastSnapshot();
        noteChain();
    }

private:
    void readJournal()
    {
        const QString path = journalPath(m_folder.path);
        if (!QFileInfo::exists(path)) {
            if (!m_snapshots.isEmpty())
                obstruct(
                    m_folder,
                    {.kind = Kind::NoJournal,
                     .file = journalFile,
                     .what = Text::tr("meta/_journal.json is missing, but there are snapshots"),
                     .why = Text::tr("nothing says which migrations run, and in which order"),
                     .hint = Text::tr("restore it from git")});
            return;
        }
        const base::Result<Json> journal = readJson(path);
        if (!journal) {
            obstruct(m_folder,
                     unreadable(m_folder, journalFile,
                                Text::tr("meta/_journal.json cannot be read"), journal.error()));
            return;
        }
        noteHead(*journal);
        const auto entries = journal->find("entries");
        if (!journal->is_object() || entries == journal->end() || !entries->is_array()) {
            obstruct(m_folder, {.kind = Kind::BadEntry,
                                .file = journalFile,
                                .what = Text::tr("meta/_journal.json has no list of entries"),
                                .why = Text::tr("it is no journal of drizzle-kit"),
                                .hint = Text::tr("restore it from git")});
            return;
        }
        for (const Json &entry : *entries)
            readEntry(entry);
    }

    void noteHead(const Json &journal)
    {
        const auto notOurs = [&](const QString &what) {
            obstruct(m_folder, {.kind = Kind::NotOurs,
                                .file = journalFile,
                                .what = what,
                                .why = Text::tr("it was written by another drizzle-kit, or for "
                                                "another server"),
                                .hint = Text::tr("run \"drizzle-kit up\", or point the config's "
                                                 "out to another folder")});
        };
        if (textOf(journal, "dialect") != QLatin1String("postgresql"))
            notOurs(Text::tr("the folder's dialect is %1, not postgresql")
                        .arg(textOf(journal, "dialect")));
        if (textOf(journal, "version") != QLatin1String("7"))
            notOurs(Text::tr("the journal has version %1; only 7 is supported")
                        .arg(textOf(journal, "version")));
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
            obstruct(m_folder,
                     {.kind = Kind::BadEntry,
                      .file = journalFile,
                      .what = Text::tr("an entry of the journal has no usable tag: \"%1\"")
                                  .arg(migration.tag),
                      .why = Text::tr("a tag is the name of a file in the folder"),
                      .hint = Text::tr("restore the journal from git")});
            return;
        }
        migration.file = migration.tag + QStringLiteral(".sql");
        migration.idx = int(numberOf(entry, "idx"));
        migration.when = numberOf(entry, "when");
        migration.breakpoints = flagOf(entry, "breakpoints", true);
        readSql(m_folder, migration);
        const QString snapshot = snapshotPath(m_folder.path, migration.tag);
        migration.hasSnapshot = QFileInfo(snapshot).isFile();
        if (!migration.hasSnapshot) {
            const QString name = QFileInfo(snapshot).fileName();
            const bool isLast = m_snapshots.isEmpty() || m_snapshots.last() < name;
            add(m_folder, missingSnapshot(migration.tag, QStringLiteral("meta/") + name,
                                          isLast ? QString() : m_snapshots.last()));
        }
        noteOrder(migration);
        m_folder.migrations << migration;
    }

    void noteOrder(const Migration &migration)
    {
        for (const Migration &earlier : std::as_const(m_folder.migrations)) {
            if (earlier.tag == migration.tag)
                add(m_folder, {.kind = Kind::DuplicateTag,
                               .file = journalFile,
                               .what = Text::tr("%1 is in the journal twice").arg(migration.tag),
                               .why = Text::tr("it runs twice, and the second time fails"),
                               .hint = Text::tr("take the second entry out"),
                               .tag = migration.tag});
            else if (earlier.idx == migration.idx)
                add(m_folder,
                    {.severity = Severity::Warning,
                     .kind = Kind::DuplicateNumber,
                     .file = journalFile,
                     .what = Text::tr("%1 and %2 have the same number %3")
                                 .arg(earlier.tag, migration.tag)
                                 .arg(migration.idx),
                     .why = Text::tr("two branches were merged by hand"),
                     .hint = Text::tr("\"sluice check --rebase\" puts the one that is not "
                                      "applied on top of the other"),
                     .tag = migration.tag});
        }
        if (!m_folder.migrations.isEmpty() && migration.when <= m_folder.migrations.last().when)
            add(m_folder,
                {.kind = Kind::TimeNotIncreasing,
                 .file = journalFile,
                 .what = Text::tr("%1 is not newer than %2: drizzle-kit may skip it")
                             .arg(migration.tag, m_folder.migrations.last().tag),
                 .why = Text::tr("it only runs what is newer than the last applied migration"),
                 .hint = Text::tr("give its entry a larger \"when\" while no database has run it"),
                 .tag = migration.tag});
    }

    /// Files that no entry of the journal names.
    void noteStrangers()
    {
        QSet<QString> known, snapshots;
        for (const Migration &migration : std::as_const(m_folder.migrations)) {
            known << migration.file << reverseFile(migration);
            snapshots << QFileInfo(snapshotPath(m_folder.path, migration.tag)).fileName();
        }
        for (const QString &name : leftoversIn(m_folder.path).files)
            known << name;
        for (const QString &name :
             QDir(m_folder.path).entryList({QStringLiteral("*.sql")}, QDir::Files)) {
            if (!known.contains(name))
                add(m_folder, {.severity = Severity::Warning,
                               .kind = Kind::OrphanSql,
                               .file = name,
                               .what = Text::tr("%1 is not in the journal").arg(name),
                               .why = Text::tr("it is never run"),
                               .hint = Text::tr("restore its entry from git, or delete the file")});
        }
        for (const QString &name : std::as_const(m_snapshots)) {
            if (!snapshots.contains(name))
                add(m_folder,
                    {.kind = Kind::OrphanSnapshot,
                     .file = QStringLiteral("meta/") + name,
                     .what = Text::tr("meta/%1 belongs to no migration").arg(name),
                     .why = name == m_snapshots.last()
                                ? Text::tr("drizzle-kit goes on from it nevertheless")
                                : QString(),
                     .hint = Text::tr("restore its migration from git, or delete the file")});
        }
    }

    void readLastSnapshot()
    {
        if (m_snapshots.isEmpty())
            return;
        const QString file = QStringLiteral("meta/") + m_snapshots.last();
        const QString path = m_folder.path + u'/' + file;
        base::Result<schema::Database> schema = readSnapshotFile(path);
        if (!schema) {
            obstruct(m_folder,
                     unreadable(m_folder, file, Text::tr("the last snapshot cannot be read"),
                                schema.error()));
            return;
        }
        m_folder.schema = std::move(schema).value();
        m_folder.lastSnapshotId = idsOf(path).id;
        if (m_folder.migrations.isEmpty())
            return;
        const Migration &last = m_folder.migrations.last();
        if (last.hasSnapshot && snapshotPath(m_folder.path, last.tag) != path)
            add(m_folder,
                {.kind = Kind::NotLastSnapshot,
                 .file = file,
                 .what = Text::tr("drizzle-kit goes on from meta/%1, which is not the last "
                                  "migration's")
                             .arg(m_snapshots.last()),
                 .why = Text::tr("it takes the last file by name, whatever the journal says"),
                 .hint = Text::tr("keep to one migrations.prefix in the config")});
    }

    /// Each snapshot names the one before it; two with the same one are two branches.
    void noteChain()
    {
        QHash<QString, QString> fileOf;
        QSet<QString> known{zeroSnapshotId};
        QList<SnapshotIds> all;
        for (const QString &file : std::as_const(m_snapshots)) {
            all << idsOf(m_folder.path + QStringLiteral("/meta/") + file);
            known << all.last().id;
        }
        for (qsizetype i = 0; i < m_snapshots.size(); ++i) {
            const QString &previous = all[i].prevId;
            const QString &file = m_snapshots[i];
            // Of a file that is no snapshot nothing is known; examine() says so.
            if (all[i].id.isEmpty())
                continue;
            if (fileOf.contains(previous))
                add(m_folder,
                    {.kind = Kind::TwoBranches,
                     .file = QStringLiteral("meta/") + file,
                     .what = Text::tr("meta/%1 and meta/%2 both follow the same snapshot: two "
                                      "branches")
                                 .arg(fileOf.value(previous), file),
                     .why = Text::tr("drizzle-kit refuses to generate, and what the one branch "
                                     "did is not in the other's snapshot"),
                     .hint =
                         Text::tr("\"sluice check --rebase\" puts the one that is not applied on "
                                  "top of the other")});
            else if (!known.contains(previous))
                add(m_folder,
                    {.severity = Severity::Warning,
                     .kind = Kind::BrokenChain,
                     .file = QStringLiteral("meta/") + file,
                     .what = Text::tr("meta/%1 follows a snapshot that is not there").arg(file),
                     .why = Text::tr("a migration between the two is gone"),
                     .hint = Text::tr("restore it from git")});
            fileOf.insert(previous, file);
        }
    }

    Folder &m_folder;
    QStringList m_snapshots;
};
} // namespace

void readJournalLayout(Folder &folder)
{
    Reader(folder).read();
}

} // namespace migrate
