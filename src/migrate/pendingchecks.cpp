// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/pendingchecks.h"

#include "migrate/renames.h"
#include "sql/parse.h"

#include <QSet>

#include <algorithm>

namespace migrate
{

namespace
{
/// A statement as it can be compared: blanks and the final semicolon do not count.
QString plain(QString statement)
{
    statement = statement.simplified();
    while (statement.endsWith(u';'))
        statement = statement.chopped(1).trimmed();
    return statement;
}

QStringList statementsIn(const Migration &migration)
{
    QStringList list;
    for (const QString &piece : migration.statements()) {
        const base::Result<QList<base::TextSpan>> spans = sql::split(piece);
        if (!spans) {
            list << plain(piece);
            continue;
        }
        for (const base::TextSpan &span : *spans)
            list << plain(piece.mid(span.offset, span.length));
    }
    return list;
}

/// What changes rows that are there, or the names under which a later question would find them.
bool disturbsRows(const diff::Change &change)
{
    if (const auto *alter = std::get_if<diff::AlterColumn>(&change))
        return alter->before.type != alter->after.type ||
               alter->before.typeSchema != alter->after.typeSchema ||
               alter->before.generated != alter->after.generated;
    return std::holds_alternative<diff::DropTable>(change) ||
           std::holds_alternative<diff::DropSchema>(change) ||
           std::holds_alternative<diff::DropColumn>(change) ||
           std::holds_alternative<diff::RebuildEnum>(change) ||
           std::holds_alternative<diff::Rename>(change);
}

/// One pending migration: its file beside the plans that could have written it.
class Pending
{
public:
    Pending(const Folder &folder, qsizetype index, int serverVersion)
        : m_index(index)
        , m_statements(statementsIn(folder.migrations.at(index)))
    {
        const auto before = readSnapshot(folder, folder.migrations.at(index - 1));
        const auto after = readSnapshot(folder, folder.migrations.at(index));
        if (!before || !after)
            return;
        const auto kept = readAnswers(folder.path);
        const auto answered = compareAnswered(*before, *after, kept ? *kept : RenameAnswers(),
                                              {.renames = {}, .acceptDrops = true});
        if (!answered)
            return;
        m_isKnown = true;
        m_difference = answered->difference;
        for (const bool safe : {false, true})
            m_plans << plan(m_difference, *before, *after,
                            {.safe = safe, .serverVersion = serverVersion});
        for (const Plan &made : std::as_const(m_plans)) {
            for (const PlanLine &line : made.lines)
                m_planned << plain(line.statement);
        }
    }

    bool isKnown() const { return m_isKnown; }

    QList<PendingCheck> checks() const
    {
        QList<PendingCheck> found;
        const qsizetype certain = firstUnknown();
        for (const PreCheck &check : m_plans.first().preChecks) {
            const qsizetype at = placeOf(m_plans.first().lines.at(check.line).change);
            if (at >= 0 && at < certain)
                found << PendingCheck{check, m_statements.at(at) + u';', m_index};
        }
        return found;
    }

    /// Whether the rows are the same for what comes behind it.
    bool leavesRows() const
    {
        return firstUnknown() == m_statements.size() &&
               std::ranges::none_of(m_difference.changes, disturbsRows);
    }

private:
    /// The first statement of the file that nobody has planned and that may do anything.
    qsizetype firstUnknown() const
    {
        const auto unknown = std::ranges::find_if(m_statements, [this](const QString &statement) {
            return !m_planned.contains(statement) && !sql::leavesRowsAlone(statement);
        });
        return unknown - m_statements.begin();
    }

    /// Where the file makes \a change in one of the ways that a plan has; -1 where it does not.
    qsizetype placeOf(const diff::Change &change) const
    {
        for (const Plan &made : m_plans) {
            for (const PlanLine &line : made.lines) {
                if (!(line.change == change))
                    continue;
                if (const qsizetype at = m_statements.indexOf(plain(line.statement)); at >= 0)
                    return at;
            }
        }
        return -1;
    }

    qsizetype m_index;
    QStringList m_statements;
    bool m_isKnown = false;
    diff::Difference m_difference;
    QList<Plan> m_plans; ///< the plain one, the safe one
    QSet<QString> m_planned;
};
} // namespace

QList<PendingCheck> pendingChecks(const Folder &folder, const QList<qsizetype> &pending,
                                  int serverVersion)
{
    QList<PendingCheck> found;
    const bool isTail = !pending.isEmpty() && pending.first() > 0 &&
                        pending.first() + pending.size() == folder.migrations.size() &&
                        folder.openBranches.size() <= 1;
    if (!isTail)
        return found;
    for (const qsizetype index : pending) {
        const Pending migration(folder, index, serverVersion);
        if (!migration.isKnown())
            break;
        found << migration.checks();
        if (!migration.leavesRows())
            break;
    }
    return found;
}

} // namespace migrate
