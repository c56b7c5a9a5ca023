// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/examine.h"

#include "migrate/folderchange.h"
#include "migrate/journal.h"
#include "migrate/jsonfault.h"
#include "migrate/layouts.h"
#include "migrate/text.h"
#include "sql/parse.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace migrate
{

namespace
{
using Kind = Finding::Kind;
using Severity = Finding::Severity;

int lineAt(const QString &text, qsizetype offset)
{
    return int(QStringView(text).left(offset).count(u'\n')) + 1;
}

/// Where a script opens or ends a transaction itself; -1 when it does not. Mostly decided without
/// parsing.
qsizetype transactionControl(const QString &text, QString &command)
{
    static const QRegularExpression mayBe(
        QStringLiteral("\\b(begin|commit|rollback|start|end|abort|savepoint|release|prepare)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    if (!mayBe.match(text).hasMatch())
        return -1;
    for (qsizetype start = 0; start < text.size();) {
        const std::optional<sql::Outsider> found = sql::findOutsider(text.mid(start));
        if (!found)
            return -1;
        if (found->controlsTransaction) {
            command = found->words;
            return start + found->span.offset;
        }
        if (found->span.length <= 0)
            return -1;
        start += found->span.offset + found->span.length;
    }
    return -1;
}

class Examiner
{
public:
    Examiner(const Folder &folder, const Examination &examination)
        : m_folder(folder)
        , m_examination(examination)
        , m_now(examination.now ? examination.now : QDateTime::currentMSecsSinceEpoch())
        , m_findings(folder.findings)
    {
    }

    QList<Finding> run()
    {
        if (m_folder.layout == Layout::Journal)
            lookIntoMeta();
        for (const Migration &migration : m_folder.migrations)
            lookInto(migration);
        // Of a journal that is not understood nothing is known that could be compared.
        if (m_examination.applied && !isUnread())
            compareWithLedger(*m_examination.applied);
        std::ranges::stable_sort(m_findings, {}, &Finding::severity);
        return m_findings;
    }

private:
    void put(Finding finding) { m_findings << std::move(finding); }

    bool isKnown(const QString &file) const
    {
        return std::ranges::any_of(m_findings, [&](const Finding &finding) {
            return finding.file == file &&
                   (finding.kind == Kind::Unreadable || finding.kind == Kind::ConflictMarkers ||
                    finding.kind == Kind::NotAFile || finding.kind == Kind::NotOurs);
        });
    }

    bool isUnread() const
    {
        return m_folder.layout == Layout::Journal && unsound(m_folder, Needs::Migrations);
    }

    void lookIntoMeta()
    {
        const QDir meta(m_folder.path + QStringLiteral("/meta"));
        const auto all = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
        for (const QFileInfo &entry : meta.entryInfoList(all, QDir::Name)) {
            const QString name = entry.fileName(), file = QStringLiteral("meta/") + name;
            if (name == QLatin1String(FolderChange::journal) ||
                name.startsWith(QLatin1String("_sluice")))
                continue;
            if (name.startsWith(u'_') && name.endsWith(QLatin1String("_snapshot.json")))
                put({.kind = Kind::UnderscoreName,
                     .file = file,
                     .what = Text::tr("%1 begins with _").arg(file),
                     .why = Text::tr("drizzle-kit overlooks it and generates everything again"),
                     .hint = Text::tr("set migrations.prefix to index or timestamp, and give the "
                                      "migration a number")});
            else if (name.startsWith(u'_'))
                continue;
            else if (!entry.isFile() || !name.endsWith(QLatin1String(".json")))
                put({.kind = entry.isFile() ? Kind::ForeignFile : Kind::NotAFile,
                     .file = file,
                     .what = entry.isFile()
                                 ? Text::tr("%1 is no snapshot").arg(file)
                                 : Text::tr("%1 is a folder, or leads nowhere").arg(file),
                     .why = Text::tr("drizzle-kit takes everything in meta/ for a snapshot and "
                                     "fails on it"),
                     .hint = Text::tr("move it out of meta/")});
            else
                lookIntoSnapshot(file);
        }
    }

    void lookIntoSnapshot(const QString &file)
    {
        if (isKnown(file))
            return;
        const QString path = m_folder.path + u'/' + file;
        const base::Result<schema::Database> schema = readSnapshotFile(path);
        if (!schema) {
            put(unreadable(m_folder, file, Text::tr("%1 cannot be read").arg(file),
                           schema.error()));
            return;
        }
        const base::Result<QByteArray> bytes = readFile(path);
        const QString unknown = bytes ? unknownMember(*bytes) : QString();
        if (!unknown.isEmpty())
            put({.kind = Kind::UnknownKey,
                 .file = file,
                 .what = Text::tr("%1 has a member that drizzle-kit does not know: %2")
                             .arg(file, unknown),
                 .why = Text::tr("it calls the whole file malformed"),
                 .hint = Text::tr("take the member out")});
    }

    void lookInto(const Migration &migration)
    {
        constexpr qint64 fiveMinutes = 300'000; // clocks differ a little
        if (migration.tag.startsWith(u'_'))
            put({.kind = Kind::UnderscoreName,
                 .file = migration.file,
                 .what = Text::tr("%1 begins with _").arg(migration.tag),
                 .why =
                     Text::tr("drizzle-kit overlooks its snapshot and generates everything again"),
                 .hint = Text::tr("set migrations.prefix to index or timestamp, and give the "
                                  "migration a number"),
                 .tag = migration.tag});
        if (migration.when > m_now + fiveMinutes)
            put({.severity = Severity::Warning,
                 .kind = Kind::TimeInFuture,
                 .file = m_folder.layout == Layout::Journal ? QStringLiteral("meta/_journal.json")
                                                            : migration.file,
                 .what =
                     Text::tr("%1 has a time in the future: %2")
                         .arg(migration.tag, QDateTime::fromMSecsSinceEpoch(migration.when, Qt::UTC)
                                                 .toString(Qt::ISODate)),
                 .why =
                     Text::tr("once it is applied, drizzle-kit skips what is written before that "
                              "time"),
                 .hint = Text::tr("give it the time of now while no database has run it"),
                 .tag = migration.tag});
        if (migration.hasSql)
            lookIntoSql(migration);
    }

    void lookIntoSql(const Migration &migration)
    {
        if (const int line = conflictMarkerLine(migration.sql); line > 0) {
            put({.kind = Kind::ConflictMarkers,
                 .file = migration.file,
                 .line = line,
                 .what = Text::tr("%1 holds conflict markers of a git merge").arg(migration.file),
                 .why = Text::tr("migrating stops there with an error"),
                 .hint = Text::tr("take one side"),
                 .tag = migration.tag});
            return;
        }
        if (const std::optional<JsonFault> fault = notUtf8(migration.sql)) {
            put({.kind = Kind::Unreadable,
                 .file = migration.file,
                 .line = fault->line,
                 .column = fault->column,
                 .what = Text::tr("%1 is not UTF-8").arg(migration.file),
                 .why = Text::tr("the server gets other letters than were written"),
                 .hint = Text::tr("save it as UTF-8 while no database has run it"),
                 .tag = migration.tag});
            return;
        }
        const QString text = QString::fromUtf8(migration.sql);
        if (isPulled(text)) {
            put({.severity = Severity::Warning,
                 .kind = Kind::PulledBaseline,
                 .file = migration.file,
                 .what = Text::tr("all of %1 stands in a comment").arg(migration.file),
                 .why =
                     Text::tr("drizzle-kit pull leaves it so; migrating fails on the breakpoints "
                              "inside the comment"),
                 .hint = Text::tr("mark it as applied where the tables are, and take the comment "
                                  "away for new databases"),
                 .tag = migration.tag});
            return;
        }
        QString command;
        const qsizetype offset = transactionControl(text, command);
        if (offset >= 0)
            put({.kind = Kind::TransactionControl,
                 .file = migration.file,
                 .line = lineAt(text, offset),
                 .what = Text::tr("%1 holds %2").arg(migration.file, command),
                 .why = Text::tr("migrations run in a transaction, which it ends too early"),
                 .hint = Text::tr("take the statement out while no database has run it"),
                 .tag = migration.tag});
    }

    static bool isPulled(const QString &text)
    {
        static const QRegularExpression comments(QStringLiteral("--[^\\n]*(\\n|$)"));
        QString rest = text;
        const qsizetype open = rest.indexOf(QLatin1String("/*"));
        const qsizetype close = rest.lastIndexOf(QLatin1String("*/"));
        if (open < 0 || close < open)
            return false;
        rest.remove(open, close + 2 - open);
        return rest.remove(comments).trimmed().isEmpty();
    }

    void compareWithLedger(const QList<AppliedRow> &rows)
    {
        QList<bool> taken(rows.size(), false);
        QList<const Migration *> open;
        qint64 newest = 0;
        for (const AppliedRow &row : rows)
            newest = std::max(newest, row.createdAt);
        for (const Migration &migration : m_folder.migrations) {
            if (!takeSame(migration, rows, taken))
                open << &migration;
        }
        for (const Migration *migration : std::as_const(open)) {
            if (!takeEdited(*migration, rows, taken) && !rows.isEmpty() &&
                migration->when <= newest && m_folder.layout == Layout::Journal)
                put({.severity = Severity::Warning,
                     .kind = Kind::WouldBeSkipped,
                     .file = migration->file,
                     .what = Text::tr("%1 is pending, and drizzle-kit would skip it")
                                 .arg(migration->tag),
                     .why = Text::tr("it is older than the newest one applied"),
                     .hint = Text::tr("run it with \"sluice migrate\", or give its entry a larger "
                                      "\"when\""),
                     .tag = migration->tag});
        }
        for (const qsizetype i : wouldRunAgain(m_folder, rows)) {
            const Migration &migration = m_folder.migrations[i];
            put({.kind = Kind::WouldRunAgain,
                 .file = QStringLiteral("meta/_journal.json"),
                 .what = ranUnderAnotherName(migration.tag),
                 .why = Text::tr("drizzle-kit goes by the entry's \"when\" alone, which is newer "
                                 "than all that is applied"),
                 .hint = runAgainHint(migration),
                 .tag = migration.tag});
        }
        const qsizetype strange = taken.count(false);
        if (strange > 0)
            put({.severity = Severity::Warning,
                 .kind = Kind::RowWithoutFile,
                 .file = {},
                 .what = Text::tr("applied migrations that have no file in the folder: %1")
                             .arg(strange),
                 .why = Text::tr("another branch was applied, or files were deleted"),
                 .hint = Text::tr("get the missing files from the branch that applied them")});
    }

    static bool takeSame(const Migration &migration, const QList<AppliedRow> &rows,
                         QList<bool> &taken)
    {
        for (const bool sameTime : {true, false}) {
            for (qsizetype i = 0; i < rows.size(); ++i) {
                if (taken[i] || rows[i].hash != migration.hash ||
                    (sameTime && rows[i].createdAt != migration.when))
                    continue;
                return taken[i] = true;
            }
        }
        return false;
    }

    /// Whether \a migration was applied with another text.
    bool takeEdited(const Migration &migration, const QList<AppliedRow> &rows, QList<bool> &taken)
    {
        for (qsizetype i = 0; i < rows.size(); ++i) {
            const bool lineEnds = migration.hasSql && isHashOf(migration.sql, rows[i].hash);
            if (taken[i] || (!lineEnds && rows[i].createdAt != migration.when))
                continue;
            taken[i] = true;
            if (!migration.hasSql)
                return true;
            put({.severity = lineEnds ? Severity::Warning : Severity::Error,
                 .kind = lineEnds ? Kind::LineEndsChanged : Kind::Edited,
                 .file = migration.file,
                 .what =
                     lineEnds
                         ? Text::tr("%1 has other line ends than when it was applied")
                               .arg(migration.file)
                         : Text::tr("%1 was changed after it had been applied").arg(migration.file),
                 .why = lineEnds ? Text::tr("git changes them on another system; nothing else "
                                            "differs")
                                 : Text::tr("databases that have run it do not get the change"),
                 .hint = lineEnds ? Text::tr("add \"*.sql text eol=lf\" to .gitattributes")
                                  : Text::tr("put the file back as it was applied, and write a new "
                                             "migration instead"),
                 .tag = migration.tag});
            return true;
        }
        return false;
    }

    const Folder &m_folder;
    const Examination &m_examination;
    qint64 m_now;
    QList<Finding> m_findings;
};
} // namespace

QList<qsizetype> wouldRunAgain(const Folder &folder, const QList<AppliedRow> &rows)
{
    if (folder.layout != Layout::Journal || rows.isEmpty())
        return {};
    const qint64 newest = std::ranges::max(rows, {}, &AppliedRow::createdAt).createdAt;
    QSet<qint64> times;
    for (const Migration &migration : folder.migrations)
        times << migration.when;
    QList<qsizetype> found;
    for (qsizetype i = 0; i < folder.migrations.size(); ++i) {
        const Migration &migration = folder.migrations[i];
        if (!migration.hasSql || migration.when <= newest)
            continue;
        // A row that belongs to another entry by its time is not this one's: files may be alike.
        if (std::ranges::any_of(rows, [&](const AppliedRow &row) {
                return !times.contains(row.createdAt) && isHashOf(migration.sql, row.hash);
            }))
            found << i;
    }
    return found;
}

QString ranUnderAnotherName(const QString &tag)
{
    return Text::tr("%1 was applied under another name; drizzle-kit would run it again").arg(tag);
}

QString runAgainHint(const Migration &migration)
{
    return Text::tr("go on with \"sluice migrate\", or set created_at of its row in the table of "
                    "applied migrations to %1")
        .arg(migration.when);
}

QList<Finding> examine(const Folder &folder, const Examination &examination)
{
    return Examiner(folder, examination).run();
}

} // namespace migrate
