// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/pendingchecks.h"

#include "migrate/columntype.h"
#include "migrate/mentions.h"
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

/// Values that are not there any more as they were when the first migration began.
struct Disturbance {
    schema::Name table;
    QString column; ///< empty: all of the table
};

QList<Disturbance> columnsOf(const schema::Database &database, const schema::Name &type)
{
    QList<Disturbance> found;
    for (const schema::Table &table : database.tables) {
        for (const schema::Column &column : table.columns) {
            if (!column.typeSchema.isEmpty() && enumName(column) == type)
                found << Disturbance{table.name, column.name};
        }
    }
    return found;
}

QList<Disturbance> byRename(const diff::Rename &rename, const schema::Database &before)
{
    QList<Disturbance> found;
    for (const schema::Name &name : {rename.from, rename.to}) {
        if (rename.kind == diff::Kind::Table)
            found << Disturbance{name, {}};
        else if (rename.kind == diff::Kind::Column)
            found << Disturbance{rename.table, name.name};
        else if (rename.kind == diff::Kind::EnumValue)
            found << columnsOf(before, rename.table);
        else if (rename.kind == diff::Kind::Schema)
            for (const schema::Table &table : before.tables)
                if (table.name.schema == rename.from.name)
                    found << Disturbance{table.name, {}}
                          << Disturbance{{rename.to.name, table.name.name}, {}};
    }
    return found;
}

/// What \a change does to the rows that are there, or to the names under which a later question
/// would find them.
QList<Disturbance> disturbances(const diff::Change &change, const schema::Database &before)
{
    if (const auto *alter = std::get_if<diff::AlterColumn>(&change)) {
        const bool stays = alter->before.type == alter->after.type &&
                           alter->before.typeSchema == alter->after.typeSchema &&
                           alter->before.generated == alter->after.generated;
        return stays ? QList<Disturbance>() : QList{Disturbance{alter->table, alter->after.name}};
    }
    if (const auto *drop = std::get_if<diff::DropColumn>(&change))
        return {{drop->table, drop->column.name}};
    if (const auto *drop = std::get_if<diff::DropTable>(&change))
        return {{drop->table.name, {}}};
    if (const auto *rebuild = std::get_if<diff::RebuildEnum>(&change))
        return columnsOf(before, rebuild->before.name);
    if (const auto *rename = std::get_if<diff::Rename>(&change))
        return byRename(*rename, before);
    return {};
}

bool concerns(const PreCheck &check, const Disturbance &disturbed)
{
    const bool reads = check.table == disturbed.table || mentions(check.sql, disturbed.table.name);
    return reads && (disturbed.column.isEmpty() || mentions(check.sql, disturbed.column));
}

/// A statement of a pending migration.
struct Statement {
    QString text;
    qsizetype migration;
};

/// All pending migrations as one script, beside the plans that could have written it. The
/// statements of one change may stand in several of them.
class Pending
{
public:
    Pending(const Folder &folder, const QList<qsizetype> &pending, int serverVersion)
        : m_folder(folder)
        , m_serverVersion(serverVersion)
    {
        const auto kept = readAnswers(folder.path);
        m_answers = kept ? *kept : RenameAnswers();
        for (const qsizetype index : pending) {
            if (!read(index))
                break;
        }
    }

    QList<PendingCheck> checks() const
    {
        const qsizetype certain = firstUnknown();
        QHash<QString, std::pair<qsizetype, PreCheck>> found; // by question: the first to fail
        for (const Plan &made : m_plans) {
            for (const PreCheck &check : made.preChecks) {
                const qsizetype at = placeOf(made.lines.at(check.line).statement);
                const auto known = found.constFind(check.sql);
                if (at < 0 || at >= certain || (known != found.cend() && known->first <= at))
                    continue;
                if (!isDisturbed(check, at))
                    found.insert(check.sql, {at, check});
            }
        }
        QList<std::pair<qsizetype, PreCheck>> inOrder = found.values();
        std::ranges::sort(inOrder, {}, [](const auto &entry) {
            return std::pair{entry.first, entry.second.sql};
        });
        QList<PendingCheck> list;
        for (const auto &[at, check] : std::as_const(inOrder))
            list << PendingCheck{check, m_statements[at].text + u';', m_statements[at].migration};
        return list;
    }

private:
    bool read(qsizetype index)
    {
        const auto before = readSnapshot(m_folder, m_folder.migrations.at(index - 1));
        const auto after = readSnapshot(m_folder, m_folder.migrations.at(index));
        if (!before || !after)
            return false;
        const auto answered =
            compareAnswered(*before, *after, m_answers, {.renames = {}, .acceptDrops = true});
        if (!answered)
            return false;
        for (const QString &statement : statementsIn(m_folder.migrations.at(index)))
            m_statements << Statement{statement, index};
        const diff::Difference &difference = answered->difference;
        if (difference.empty())
            return true;
        for (const bool safe : {false, true})
            m_plans << plan(difference, *before, *after,
                            {.safe = safe, .serverVersion = m_serverVersion});
        for (const diff::Change &change : difference.changes) {
            for (const Disturbance &disturbed : disturbances(change, *before))
                m_disturbed << std::pair{index, disturbed};
        }
        return true;
    }

    /// The first statement that nobody has planned and that may do anything.
    qsizetype firstUnknown() const
    {
        QSet<QString> planned;
        for (const Plan &made : m_plans) {
            for (const PlanLine &line : made.lines)
                planned << plain(line.statement);
        }
        const auto unknown = std::ranges::find_if(m_statements, [&](const Statement &statement) {
            return !planned.contains(statement.text) && !sql::leavesRowsAlone(statement.text);
        });
        return unknown - m_statements.begin();
    }

    qsizetype placeOf(const QString &statement) const
    {
        const auto found = std::ranges::find(m_statements, plain(statement), &Statement::text);
        return found == m_statements.end() ? -1 : found - m_statements.begin();
    }

    /// Whether an earlier migration changes what \a check is about.
    bool isDisturbed(const PreCheck &check, qsizetype at) const
    {
        return std::ranges::any_of(m_disturbed, [&](const auto &entry) {
            return entry.first < m_statements[at].migration && concerns(check, entry.second);
        });
    }

    const Folder &m_folder;
    const int m_serverVersion;
    RenameAnswers m_answers;
    QList<Statement> m_statements; ///< up to the first migration that cannot be read
    QList<Plan> m_plans;           ///< of each difference the plain one and the safe one
    QList<std::pair<qsizetype, Disturbance>> m_disturbed; ///< by which migration
};
} // namespace

QList<PendingCheck> pendingChecks(const Folder &folder, const QList<qsizetype> &pending,
                                  int serverVersion)
{
    const bool isTail = !pending.isEmpty() && pending.first() > 0 &&
                        pending.first() + pending.size() == folder.migrations.size() &&
                        folder.openBranches.size() <= 1;
    if (!isTail)
        return {};
    return Pending(folder, pending, serverVersion).checks();
}

} // namespace migrate
