// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/folder.h"
#include "migrate/folderchange.h"
#include "migrate/folders.h"
#include "migrate/journal.h"
#include "migrate/names.h"
#include "migrate/renames.h"
#include "migrate/reverse.h"
#include "migrate/text.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>

namespace migrate
{

namespace
{
using base::Error;
using base::ErrorKind;

/// The number a file's name begins with; -1 without one. Times are far beyond what an index is.
qint64 indexOf(const QString &fileName)
{
    constexpr qsizetype mostDigits = 6;
    const QString prefix = fileName.section(u'_', 0, 0);
    bool number = false;
    const qint64 index = prefix.toLongLong(&number);
    return number && prefix.size() <= mostDigits ? index : -1;
}

/// The next number that neither the journal nor a file has.
int nextIndex(const Folder &folder)
{
    qint64 last = -1;
    for (const Migration &migration : folder.migrations)
        last = std::max<qint64>(last, migration.idx);
    const QStringList files = QDir(folder.path).entryList({QStringLiteral("*.sql")}, QDir::Files) +
                              snapshotFiles(folder.path);
    const QStringList left = leftoversIn(folder.path).files;
    for (const QString &name : files) {
        if (!left.contains(name))
            last = std::max(last, indexOf(name));
    }
    return int(last + 1);
}

/// A prefix whose snapshot is the last by name, since that is where drizzle-kit goes on. Times that
/// are taken already are moved on by seconds.
base::Result<QString> freePrefix(const Folder &folder, const QStringList &snapshots, Prefix prefix,
                                 int index)
{
    constexpr int mostSeconds = 3600;
    QDateTime now = QDateTime::currentDateTimeUtc();
    for (int tried = 0; tried < mostSeconds; ++tried, now = now.addSecs(1)) {
        const QString text = prefixText(prefix, index, now);
        if (snapshots.isEmpty() || text + QStringLiteral("_snapshot.json") > snapshots.last())
            return text;
        if (prefix == Prefix::Index)
            break;
    }
    return Error{.kind = ErrorKind::Refused,
                 .text = Text::tr("A new snapshot would not be the last one by its name"),
                 .where = folder.path,
                 .detail = Text::tr("the last one is %1").arg(snapshots.last()),
                 .hint = Text::tr("keep to one migrations.prefix in the config")};
}

qint64 nextWhen(const Folder &folder, const NewMigration &options)
{
    qint64 when = std::max(QDateTime::currentMSecsSinceEpoch(), options.newestApplied + 1);
    for (const Migration &migration : folder.migrations)
        when = std::max(when, migration.when + 1);
    return when;
}

/// Why \a plan cannot become a migration.
std::optional<Error> refusal(const Folder &folder, const Plan &plan)
{
    if (!plan.questions.isEmpty())
        return openQuestion(plan.questions);
    if (!plan.errors.isEmpty())
        return firstOf(plan.errors);
    if (plan.lines.isEmpty())
        return Error{.kind = ErrorKind::InvalidInput,
                     .text = Text::tr("There is nothing to generate"),
                     .where = folder.path};
    return std::nullopt;
}

/// Why nothing can be written into \a folder.
std::optional<Error> refusal(const Folder &folder, const NewMigration &options)
{
    if (!folder.obstacle.isEmpty())
        return Error{.kind = ErrorKind::Refused,
                     .text = Text::tr("Nothing can be written into the migrations folder"),
                     .where = folder.path,
                     .detail = folder.obstacle};
    if (folder.layout == Layout::Journal && options.prefix == Prefix::None)
        return Error{.kind = ErrorKind::Unsupported,
                     .text =
                         Text::tr("Migrations without a prefix overwrite each other's snapshot"),
                     .where = folder.path,
                     .detail = Text::tr("drizzle-kit skips a snapshot whose name begins with _ and "
                                        "generates everything again"),
                     .hint = Text::tr("set migrations.prefix to index or timestamp")};
    return std::nullopt;
}

/// The journal's layout: one file for each migration, all snapshots in meta/.
class JournalWriter
{
public:
    JournalWriter(const Folder &folder, const NewMigration &options)
        : m_folder(folder)
        , m_options(options)
        , m_snapshots(snapshotFiles(folder.path))
        , m_index(nextIndex(folder))
        , m_when(nextWhen(folder, options))
        , m_previousId(folder.lastSnapshotId)
    {
    }

    base::Result<QList<Migration>> write(const QList<Step> &steps)
    {
        for (const Step &step : steps) {
            if (const base::Result<base::Done> added = add(step); !added)
                return added.error();
        }
        const base::Result<QByteArray> journal = journalWith(m_folder.path, m_written);
        if (!journal)
            return journal.error();
        m_change.meta.insert(QLatin1String(FolderChange::journal), *journal);
        if (!m_options.answers.isEmpty()) {
            const base::Result<QByteArray> answers = answersWith(m_folder.path, m_options.answers);
            if (!answers)
                return answers.error();
            m_change.meta.insert(QFileInfo(answersPath(m_folder.path)).fileName(), *answers);
        }
        const base::Result<base::Done> applied =
            apply(m_change, m_folder.path, m_folder.fingerprint);
        if (!applied)
            return applied.error();
        return m_written;
    }

private:
    base::Result<base::Done> add(const Step &step)
    {
        const base::Result<QString> prefix =
            freePrefix(m_folder, m_snapshots, m_options.prefix, m_index);
        if (!prefix)
            return prefix.error();
        Migration migration = describeNew(step, m_options, *prefix);
        migration.idx = m_index++;
        migration.when = m_when++;
        migration.file = migration.tag + QStringLiteral(".sql");
        const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        const QString snapshot = *prefix + QStringLiteral("_snapshot.json");
        m_change.create.insert(migration.file, migration.sql);
        if (!step.reverse.isEmpty())
            m_change.create.insert(reverseFile(migration),
                                   reverseText(migration, step.reverse).toUtf8());
        m_change.meta.insert(snapshot, snapshotOf(step, id));
        m_change.tags << migration.tag;
        m_snapshots << snapshot;
        m_previousId = id;
        m_written << migration;
        return base::Done();
    }

    /// Of a custom migration the previous one as it is, with what it may have from elsewhere.
    QByteArray snapshotOf(const Step &step, const QString &id) const
    {
        if (step.custom && m_written.isEmpty() && !m_snapshots.isEmpty()) {
            const QByteArray copy = snapshotCopy(
                m_folder.path + QStringLiteral("/meta/") + m_snapshots.last(), id, m_previousId);
            if (!copy.isEmpty())
                return copy;
        }
        return writeSnapshot(step.after, id, m_previousId);
    }

    const Folder &m_folder;
    const NewMigration &m_options;
    QStringList m_snapshots;
    int m_index;
    qint64 m_when;
    QString m_previousId;
    FolderChange m_change;
    QList<Migration> m_written;
};
} // namespace

Migration describeNew(const Step &step, const NewMigration &options, const QString &prefix)
{
    Migration migration;
    const QString wanted = fileName(step.name.isEmpty() ? options.name : step.name);
    migration.tag = prefix + u'_' + (wanted.isEmpty() ? madeUpName() : wanted);
    migration.breakpoints = options.breakpoints;
    migration.sql = step.custom && step.sql.isEmpty()
                        ? QByteArray("-- Custom SQL migration file, put your code below! --")
                        : step.sql.toUtf8();
    migration.hash = QCryptographicHash::hash(migration.sql, QCryptographicHash::Sha256).toHex();
    migration.hasSql = true;
    migration.hasSnapshot = true;
    return migration;
}

base::Result<QList<Migration>> writeMigrations(const Folder &folder, const QList<Step> &steps,
                                               const NewMigration &options)
{
    if (const std::optional<Error> error = refusal(folder, options))
        return *error;
    if (fingerprintOf(folder.path) != folder.fingerprint)
        return Error{.kind = ErrorKind::Refused,
                     .text = Text::tr("The migrations folder has changed since it was read"),
                     .where = folder.path,
                     .hint = Text::tr("read it again")};
    if (folder.layout == Layout::Folders) {
        const base::Result<QList<Migration>> written = writeFolders(folder, steps, options);
        if (!written)
            return written;
        const base::Result<base::Done> kept = keepAnswers(folder.path, options.answers);
        return kept ? written : kept.error();
    }
    return JournalWriter(folder, options).write(steps);
}

namespace
{
QList<diff::Rename> renamesIn(const QList<PlanLine> &lines)
{
    QList<diff::Rename> renames;
    for (const PlanLine &line : lines) {
        if (const auto *rename = std::get_if<diff::Rename>(&line.change))
            renames << *rename;
    }
    return renames;
}

QList<Step> stepsOf(const Plan &plan, const schema::Database &after, const NewMigration &options)
{
    if (plan.steps.isEmpty())
        return {{.sql = fileText(plan, options.breakpoints),
                 .after = after,
                 .renames = renamesIn(plan.lines)}};
    QList<Step> steps;
    for (const PlanStep &part : plan.steps) {
        Step step{.sql = fileText(plan, part, options.breakpoints),
                  .after = part.after,
                  .custom = part.custom};
        // One migration alone has the name that was asked for.
        if (!part.suggestedName.isEmpty() && plan.steps.size() > 1)
            step.name = options.name.isEmpty() ? part.suggestedName
                                               : options.name + u'_' + part.suggestedName;
        if (!part.custom)
            step.renames = renamesIn(plan.linesOf(part));
        if (options.reverse)
            step.reverse = reverse(plan, part);
        steps << step;
    }
    return steps;
}
} // namespace

base::Result<QList<Migration>> writePlan(const Folder &folder, const Plan &plan,
                                         const schema::Database &after, const NewMigration &options)
{
    if (const std::optional<Error> error = refusal(folder, plan))
        return *error;
    return writeMigrations(folder, stepsOf(plan, after, options), options);
}

base::Result<Migration> writeMigration(const Folder &folder, const Plan &plan,
                                       const schema::Database &after, const NewMigration &options)
{
    const base::Result<QList<Migration>> written = writePlan(folder, plan, after, options);
    if (!written)
        return written.error();
    return written->first();
}

} // namespace migrate
