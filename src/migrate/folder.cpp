// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/folder.h"

#include "migrate/folderchange.h"
#include "migrate/journal.h"
#include "migrate/jsonfault.h"
#include "migrate/layouts.h"
#include "migrate/text.h"

#include <QCryptographicHash>
#include <QDir>

#include <algorithm>

namespace migrate
{

namespace
{
const QString breakpoint = QStringLiteral("--> statement-breakpoint");
}

QString toWord(Finding::Kind kind)
{
    static const QHash<Finding::Kind, QString> words = {
        {Finding::Kind::NoJournal, QStringLiteral("no-journal")},
        {Finding::Kind::Unreadable, QStringLiteral("unreadable")},
        {Finding::Kind::ConflictMarkers, QStringLiteral("conflict-markers")},
        {Finding::Kind::NotOurs, QStringLiteral("unknown-version")},
        {Finding::Kind::UnknownKey, QStringLiteral("unknown-key")},
        {Finding::Kind::BadEntry, QStringLiteral("bad-entry")},
        {Finding::Kind::MissingSql, QStringLiteral("missing-sql")},
        {Finding::Kind::MissingSnapshot, QStringLiteral("missing-snapshot")},
        {Finding::Kind::OrphanSql, QStringLiteral("orphan-sql")},
        {Finding::Kind::OrphanSnapshot, QStringLiteral("orphan-snapshot")},
        {Finding::Kind::BrokenChain, QStringLiteral("broken-chain")},
        {Finding::Kind::TwoBranches, QStringLiteral("two-branches")},
        {Finding::Kind::DuplicateNumber, QStringLiteral("duplicate-number")},
        {Finding::Kind::DuplicateTag, QStringLiteral("duplicate-tag")},
        {Finding::Kind::TimeNotIncreasing, QStringLiteral("time-not-increasing")},
        {Finding::Kind::TimeInFuture, QStringLiteral("time-in-future")},
        {Finding::Kind::NotLastSnapshot, QStringLiteral("not-last-snapshot")},
        {Finding::Kind::WrongOrder, QStringLiteral("wrong-order")},
        {Finding::Kind::UnderscoreName, QStringLiteral("underscore-name")},
        {Finding::Kind::TransactionControl, QStringLiteral("transaction-control")},
        {Finding::Kind::PulledBaseline, QStringLiteral("pulled-baseline")},
        {Finding::Kind::ForeignFile, QStringLiteral("foreign-file")},
        {Finding::Kind::NotAFile, QStringLiteral("not-a-file")},
        {Finding::Kind::UnfinishedWrite, QStringLiteral("unfinished-write")},
        {Finding::Kind::Edited, QStringLiteral("edited")},
        {Finding::Kind::LineEndsChanged, QStringLiteral("line-ends-changed")},
        {Finding::Kind::WouldBeSkipped, QStringLiteral("would-be-skipped")},
        {Finding::Kind::WouldRunAgain, QStringLiteral("would-run-again")},
        {Finding::Kind::RowWithoutFile, QStringLiteral("row-without-file")},
    };
    return words.value(kind);
}

QString placeOf(const Finding &finding)
{
    QString place = finding.file;
    if (finding.line > 0)
        place += QStringLiteral(":%1").arg(finding.line);
    if (finding.line > 0 && finding.column > 0)
        place += QStringLiteral(":%1").arg(finding.column);
    return place;
}

void add(Folder &folder, Finding finding)
{
    folder.notices << finding.what;
    folder.findings << std::move(finding);
}

void obstruct(Folder &folder, Finding finding)
{
    if (folder.obstacle.isEmpty())
        folder.obstacle = finding.what;
    finding.obstructs = true;
    add(folder, std::move(finding));
}

std::optional<base::Error> unsound(const Folder &folder, Needs needs)
{
    const auto found = std::ranges::find_if(folder.findings, [&](const Finding &finding) {
        const bool isOfJournal = finding.file == QLatin1String("meta/_journal.json");
        return finding.obstructs && finding.severity == Finding::Severity::Error &&
               (needs == Needs::Schema || isOfJournal);
    });
    if (found == folder.findings.end())
        return std::nullopt;
    return base::Error{.kind = base::ErrorKind::InvalidInput,
                       .text = Text::tr("The migrations folder cannot be relied on"),
                       .where = QDir(folder.path).filePath(placeOf(*found)),
                       .detail = found->what,
                       .hint = found->hint.isEmpty()
                                   ? Text::tr("\"sluice check\" says all that is wrong with it")
                                   : found->hint};
}

Finding unreadable(const Folder &folder, const QString &file, const QString &what,
                   const base::Error &error)
{
    Finding finding{.kind = Finding::Kind::Unreadable, .file = file, .what = {}, .why = {}};
    // Its place and its hint are said on their own.
    finding.what = QStringLiteral("%1: %2").arg(what, error.text);
    if (!error.detail.isEmpty())
        finding.what += QStringLiteral(": ") + error.detail;
    finding.hint = error.hint;
    const base::Result<QByteArray> bytes = readFile(folder.path + u'/' + file);
    if (!bytes) {
        if (bytes.error().kind == base::ErrorKind::InvalidInput)
            finding.kind = Finding::Kind::NotAFile;
    } else if (const std::optional<JsonFault> fault = faultIn(*bytes)) {
        finding.line = fault->line;
        finding.column = fault->column;
        if (fault->kind == JsonFault::Kind::ConflictMarkers)
            finding.kind = Finding::Kind::ConflictMarkers;
    } else if (error.kind == base::ErrorKind::Unsupported) {
        finding.kind = Finding::Kind::NotOurs;
    }
    if (finding.hint.isEmpty())
        finding.hint = finding.kind == Finding::Kind::NotOurs
                           ? Text::tr("it is from a newer drizzle-kit: look for a newer Sluice")
                           : Text::tr("restore it from git");
    return finding;
}

Finding missingSnapshot(const QString &tag, const QString &file, const QString &later)
{
    Finding finding{.kind = Finding::Kind::MissingSnapshot,
                    .file = file,
                    .what = {},
                    .why = {},
                    .hint = {},
                    .tag = tag};
    if (later.isEmpty()) {
        finding.what =
            Text::tr("%1 has no snapshot: drizzle-kit will generate its changes again").arg(tag);
        finding.why = Text::tr("it was written by hand, or its snapshot was lost");
        finding.hint = Text::tr("restore it from git; write the next one by hand with \"sluice "
                                "generate --custom\"");
        return finding;
    }
    finding.severity = Finding::Severity::Warning;
    finding.what = Text::tr("%1 has no snapshot").arg(tag);
    finding.why = Text::tr("drizzle-kit goes on from %1 and generates nothing again, but what the "
                           "schema was in between is lost")
                      .arg(later);
    finding.hint = Text::tr("restore it from git");
    return finding;
}

void readSql(Folder &folder, Migration &migration)
{
    const base::Result<QByteArray> sql = readFile(folder.path + u'/' + migration.file);
    migration.hasSql = sql.ok();
    if (sql) {
        migration.sql = *sql;
        migration.hash =
            QCryptographicHash::hash(migration.sql, QCryptographicHash::Sha256).toHex();
    } else if (sql.error().kind == base::ErrorKind::NotFound) {
        add(folder, {.kind = Finding::Kind::MissingSql,
                     .file = migration.file,
                     .what = Text::tr("%1 is missing").arg(migration.file),
                     .why = Text::tr("migrating stops there with an error"),
                     .hint = Text::tr("restore it from git, or take the migration back out of the "
                                      "journal if it never ran"),
                     .tag = migration.tag});
    } else {
        add(folder,
            {.kind = sql.error().kind == base::ErrorKind::InvalidInput ? Finding::Kind::NotAFile
                                                                       : Finding::Kind::Unreadable,
             .file = migration.file,
             .what = QStringLiteral("%1: %2").arg(migration.file, sql.error().text),
             .why = sql.error().detail,
             .hint = Text::tr("restore it from git"),
             .tag = migration.tag});
    }
}

QStringList Migration::statements() const
{
    QStringList found;
    for (const QString &part : QString::fromUtf8(sql).split(breakpoint)) {
        if (!part.trimmed().isEmpty())
            found << part.trimmed();
    }
    return found;
}

// lupdate takes base:: before a function's name for the context of its texts.
using base::Result;

Result<Folder> readFolder(const QString &path, Layout whenEmpty)
{
    const QFileInfo info(path);
    if (info.exists() && !info.isDir())
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("The migrations folder is a file"),
                           .where = path};
    Folder folder;
    folder.path = QDir(path).absolutePath();
    folder.lastSnapshotId = zeroSnapshotId;
    folder.fingerprint = fingerprintOf(folder.path);
    folder.layout = layoutOf(folder.path, whenEmpty);
    if (folder.layout == Layout::Folders)
        readFoldersLayout(folder);
    else
        readJournalLayout(folder);
    if (leftoversIn(folder.path).any)
        add(folder, {.severity = Finding::Severity::Warning,
                     .kind = Finding::Kind::UnfinishedWrite,
                     .file = stagingName(),
                     .what = Text::tr("a write into the folder was interrupted"),
                     .why = Text::tr("the folder is as it was before; only some files lie about"),
                     .hint = Text::tr("nothing: the next one clears them away")});
    return folder;
}

} // namespace migrate
