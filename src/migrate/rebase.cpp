// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/rebase.h"

#include "migrate/branches.h"
#include "migrate/folderchange.h"
#include "migrate/journal.h"
#include "migrate/names.h"
#include "migrate/reverse.h"
#include "migrate/text.h"

#include <QDateTime>
#include <QUuid>

#include <algorithm>

#include <nlohmann/json.hpp>

namespace migrate
{

namespace
{
using base::Error;
using base::ErrorKind;
using base::Result;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// One rebase, made ready as a change of the folder.
class Rebase
{
public:
    Rebase(QString folder, const RebaseOptions &options)
        : m_folder(std::move(folder))
        , m_options(options)
        , m_fingerprint(fingerprintOf(m_folder))
    {
    }

    Result<QList<Migration>> run()
    {
        if (const auto found = findBranches(); !found)
            return found.error();
        m_state = m_branches.theirs.isEmpty() ? m_branches.base : m_branches.theirs.last().schema;
        m_previousId =
            m_branches.theirs.isEmpty() ? m_branches.baseId : m_branches.theirs.last().id;
        prepareNumbers();
        schema::Database before = m_branches.base;
        for (const BranchEntry &entry : std::as_const(m_branches.ours)) {
            Result<schema::Database> merged = mergeChanges(before, entry.schema, m_state);
            if (!merged) {
                Error error = merged.error();
                error.where = entry.tag;
                return error;
            }
            m_state = std::move(merged).value();
            before = entry.schema;
            move(entry);
        }
        finish();
        const Result<base::Done> applied = apply(m_change, m_folder, m_fingerprint);
        if (!applied)
            return applied.error();
        return m_moved;
    }

private:
    /// Which branch is moved: one that has not been run anywhere that is known.
    Result<base::Done> findBranches()
    {
        Result<Branches> branches = branchesIn(m_folder, m_options.ours);
        if (!branches)
            return branches.error();
        m_branches = std::move(branches).value();
        const QString applied = appliedOf(m_branches.ours);
        if (applied.isEmpty())
            return base::Done();
        if (!m_options.ours.isEmpty())
            return Error{.kind = ErrorKind::Refused,
                         .text = Text::tr("A migration that would be moved has been applied"),
                         .where = applied,
                         .detail = Text::tr("under another name it would run again"),
                         .hint = Text::tr("move the other branch instead")};
        if (const QString other = appliedOf(m_branches.theirs); !other.isEmpty())
            return Error{.kind = ErrorKind::Refused,
                         .text = Text::tr("Both branches have been applied"),
                         .where = other + QStringLiteral(", ") + applied,
                         .detail =
                             Text::tr("whichever is moved would run again under its new name"),
                         .hint = Text::tr("name a database with --url that has run only one of "
                                          "them; \"sluice check\" then says what to change in the "
                                          "others")};
        QStringList tags;
        for (const BranchEntry &entry : std::as_const(m_branches.theirs))
            tags << entry.tag;
        branches = branchesIn(m_folder, tags);
        if (!branches)
            return branches.error();
        m_branches = std::move(branches).value();
        return base::Done();
    }

    /// The first of \a branch that has been run; empty when none has.
    QString appliedOf(const QList<BranchEntry> &branch) const
    {
        for (const BranchEntry &entry : branch) {
            const QByteArray sql = contentOf(sqlPath(m_folder, entry.tag));
            const bool isApplied =
                std::ranges::any_of(m_options.applied, [&](const AppliedRow &row) {
                    return row.createdAt == entry.when || isHashOf(sql, row.hash);
                });
            if (isApplied)
                return entry.tag;
        }
        return {};
    }

    void prepareNumbers()
    {
        m_when = QDateTime::currentMSecsSinceEpoch();
        for (const BranchEntry &entry : m_branches.kept) {
            m_index = std::max(m_index, entry.idx + 1);
            m_when = std::max(m_when, entry.when + 1);
            m_lastPrefix = std::max(m_lastPrefix, entry.tag.section(u'_', 0, 0));
        }
        for (const AppliedRow &row : m_options.applied)
            m_when = std::max(m_when, row.createdAt + 1);
    }

    /// A prefix behind all that stay, and none that ours has: the name tells whether it was moved.
    QString nextPrefix(const QString &oldTag)
    {
        QDateTime time = QDateTime::currentDateTimeUtc();
        QString prefix;
        do {
            prefix = prefixText(m_options.prefix, m_index, time);
            time = time.addSecs(1);
            if (m_options.prefix == Prefix::Index || m_options.prefix == Prefix::None)
                break;
        } while (prefix <= m_lastPrefix || oldTag.startsWith(prefix));
        m_lastPrefix = prefix;
        return prefix;
    }

    void move(const BranchEntry &entry)
    {
        const QString prefix = nextPrefix(entry.tag);
        Migration migration;
        migration.tag = prefix + u'_' + entry.tag.section(u'_', 1);
        migration.file = migration.tag + QStringLiteral(".sql");
        migration.idx = m_index++;
        migration.when = m_when++;
        migration.breakpoints = entry.breakpoints;
        migration.hasSql = migration.hasSnapshot = true;
        moveFile(entry.tag + QStringLiteral(".sql"), migration.file);
        const QString reverse = entry.tag + QStringLiteral(".down.sql");
        if (QFile::exists(m_folder + u'/' + reverse))
            moveFile(reverse, reverseFile(migration));
        const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        m_change.metaRemove << entry.tag.section(u'_', 0, 0) + QStringLiteral("_snapshot.json");
        m_snapshots.insert(prefix + QStringLiteral("_snapshot.json"),
                           writeSnapshot(m_state, id, m_previousId));
        m_previousId = id;
        m_change.tags << migration.tag;
        m_moved << migration;
    }

    void moveFile(const QString &from, const QString &to)
    {
        const QByteArray content = contentOf(m_folder + u'/' + from);
        if (from == to)
            return;
        m_change.create.insert(to, content);
        m_change.remove.insert(from, content);
    }

    /// The journal and theirs as they are without ours, then ours.
    void finish()
    {
        for (const BranchEntry &entry : std::as_const(m_branches.theirs))
            m_change.meta.insert(entry.tag.section(u'_', 0, 0) + QStringLiteral("_snapshot.json"),
                                 entry.snapshot);
        for (auto it = m_snapshots.begin(); it != m_snapshots.end(); ++it)
            m_change.meta.insert(it.key(), *it);
        Json journal{{"version", "7"}, {"dialect", "postgresql"}, {"entries", Json::array()}};
        for (const BranchEntry &entry : std::as_const(m_branches.kept))
            journal["entries"].push_back(Json::parse(entry.journal.toStdString()));
        for (const Migration &migration : std::as_const(m_moved))
            journal["entries"].push_back(journalEntry(migration));
        m_change.meta.insert(QLatin1String(FolderChange::journal), stringify(journal));
        m_change.metaRemove.removeIf(
            [&](const QString &name) { return m_change.meta.contains(name); });
    }

    QString m_folder;
    const RebaseOptions &m_options;
    QByteArray m_fingerprint;
    Branches m_branches;
    schema::Database m_state;
    QString m_previousId;
    QString m_lastPrefix;
    int m_index = 0;
    qint64 m_when = 0;
    FolderChange m_change;
    QMap<QString, QByteArray> m_snapshots; ///< ours, as they will be
    QList<Migration> m_moved;
};
} // namespace

Result<QList<Migration>> rebase(const QString &folder, const RebaseOptions &options)
{
    return Rebase(folder, options).run();
}

} // namespace migrate
