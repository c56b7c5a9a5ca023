// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/folder.h"
#include "migrate/journal.h"
#include "migrate/names.h"
#include "migrate/text.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QSaveFile>
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
    for (const QString &name : files)
        last = std::max(last, indexOf(name));
    return int(last + 1);
}

QString prefixText(Prefix prefix, int index, const QDateTime &now)
{
    switch (prefix) {
    case Prefix::Timestamp:
    case Prefix::Supabase:
        return now.toString(QStringLiteral("yyyyMMddHHmmss"));
    case Prefix::Unix:
        return QString::number(now.toSecsSinceEpoch());
    case Prefix::Index:
    case Prefix::None:
        break;
    }
    return QString::number(index).rightJustified(4, u'0');
}

/// A prefix whose snapshot is the last by name, since that is where drizzle-kit goes on. Times that
/// are taken already are moved on by seconds.
base::Result<QString> freePrefix(const Folder &folder, Prefix prefix, int index)
{
    constexpr int mostSeconds = 3600;
    const QStringList snapshots = snapshotFiles(folder.path);
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

std::optional<Error> refusal(const Folder &folder, const Plan &plan, const NewMigration &options)
{
    if (!plan.unsupported.isEmpty()) {
        QStringList names;
        for (const diff::Unsupported &entry : plan.unsupported)
            names << QStringLiteral("%1 %2: %3").arg(entry.kind, entry.name, entry.what);
        return Error{.kind = ErrorKind::Unsupported,
                     .text = Text::tr("Some of the changes are not supported yet"),
                     .where = folder.path,
                     .detail = names.join(QStringLiteral("; ")),
                     .hint = Text::tr("generate this migration with drizzle-kit")};
    }
    if (!plan.questions.isEmpty())
        return openQuestion(plan.questions);
    if (plan.lines.isEmpty())
        return Error{.kind = ErrorKind::InvalidInput,
                     .text = Text::tr("There is nothing to generate"),
                     .where = folder.path};
    if (!folder.obstacle.isEmpty())
        return Error{.kind = ErrorKind::Refused,
                     .text = Text::tr("Nothing can be written into the migrations folder"),
                     .where = folder.path,
                     .detail = folder.obstacle};
    if (options.prefix == Prefix::None)
        return Error{.kind = ErrorKind::Unsupported,
                     .text =
                         Text::tr("Migrations without a prefix overwrite each other's snapshot"),
                     .where = folder.path,
                     .hint = Text::tr("set migrations.prefix to index or timestamp")};
    if (fingerprintOf(folder.path) != folder.fingerprint)
        return Error{.kind = ErrorKind::Refused,
                     .text = Text::tr("The migrations folder has changed since it was read"),
                     .where = folder.path,
                     .hint = Text::tr("read it again")};
    return std::nullopt;
}

qint64 nextWhen(const Folder &folder, const NewMigration &options)
{
    qint64 when = std::max(QDateTime::currentMSecsSinceEpoch(), options.newestApplied + 1);
    for (const Migration &migration : folder.migrations)
        when = std::max(when, migration.when + 1);
    return when;
}

/// Files and folders that are new; what is not kept in the end is removed again.
class Transaction
{
public:
    ~Transaction()
    {
        if (m_kept)
            return;
        for (const QString &path : std::as_const(m_files))
            QFile::remove(path);
        for (auto it = m_folders.crbegin(); it != m_folders.crend(); ++it)
            QDir().rmdir(*it);
    }
    void keep() { m_kept = true; }

    std::optional<Error> makeFolder(const QString &path)
    {
        QStringList missing;
        for (QString folder = path; !QFileInfo::exists(folder); folder = QFileInfo(folder).path())
            missing.prepend(folder);
        for (const QString &folder : std::as_const(missing)) {
            if (!QDir().mkdir(folder))
                return Error{.kind = ErrorKind::Io,
                             .text = Text::tr("The folder cannot be made"),
                             .where = folder};
            m_folders << folder;
        }
        return std::nullopt;
    }

    std::optional<Error> create(const QString &path, const QByteArray &content)
    {
        if (QFileInfo::exists(path))
            return Error{.kind = ErrorKind::Refused,
                         .text = Text::tr("The file is there already"),
                         .where = path};
        const std::optional<Error> error = replace(path, content);
        if (!error)
            m_files << path;
        return error;
    }

    static std::optional<Error> replace(const QString &path, const QByteArray &content)
    {
        QSaveFile file(path);
        if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() &&
            file.commit())
            return std::nullopt;
        return Error{.kind = ErrorKind::Io,
                     .text = Text::tr("The file cannot be written"),
                     .where = path,
                     .detail = file.errorString()};
    }

private:
    bool m_kept = false;
    QStringList m_files;
    QStringList m_folders;
};

base::Result<Migration> describeNew(const Folder &folder, const Plan &plan,
                                    const NewMigration &options)
{
    Migration migration;
    migration.idx = nextIndex(folder);
    const base::Result<QString> prefix = freePrefix(folder, options.prefix, migration.idx);
    if (!prefix)
        return prefix.error();
    const QString wanted = fileName(options.name);
    migration.tag = *prefix + u'_' + (wanted.isEmpty() ? madeUpName() : wanted);
    migration.when = nextWhen(folder, options);
    migration.breakpoints = options.breakpoints;
    migration.sql = fileText(plan, options.breakpoints).toUtf8();
    migration.hash = QCryptographicHash::hash(migration.sql, QCryptographicHash::Sha256).toHex();
    migration.hasSql = true;
    migration.hasSnapshot = true;
    return migration;
}
} // namespace

base::Result<Migration> writeMigration(const Folder &folder, const Plan &plan,
                                       const schema::Database &after, const NewMigration &options)
{
    if (const std::optional<Error> error = refusal(folder, plan, options))
        return *error;
    const base::Result<Migration> described = describeNew(folder, plan, options);
    if (!described)
        return described.error();
    const Migration &migration = *described;
    const base::Result<QByteArray> journal = journalWith(folder.path, migration);
    if (!journal)
        return journal.error();
    const QByteArray snapshot = writeSnapshot(
        after, QUuid::createUuid().toString(QUuid::WithoutBraces), folder.lastSnapshotId);

    Transaction transaction;
    std::optional<Error> error = transaction.makeFolder(folder.path + QStringLiteral("/meta"));
    if (!error)
        error = transaction.create(sqlPath(folder.path, migration.tag), migration.sql);
    if (!error)
        error = transaction.create(snapshotPath(folder.path, migration.tag), snapshot);
    // Last: the journal alone makes the migration exist.
    if (!error)
        error = Transaction::replace(journalPath(folder.path), *journal);
    if (error)
        return *error;
    transaction.keep();
    return migration;
}

} // namespace migrate
