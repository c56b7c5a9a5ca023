// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/migrationhazards.h"

#include "migrate/lockorder.h"
#include "migrate/scriptstate.h"
#include "sql/parse.h"

#include <algorithm>

namespace migrate
{

namespace
{
constexpr qsizetype shownWords = 80;

schema::Database schemaOf(const Folder &folder, qsizetype index)
{
    if (index < 0 || index >= folder.migrations.size())
        return {};
    const auto read = readSnapshot(folder, folder.migrations[index]);
    return read ? *read : schema::Database();
}

QString beginning(const QString &statement)
{
    const QString line = statement.simplified();
    return line.size() <= shownWords ? line : line.left(shownWords - 1) + u'…';
}

bool isWorthAWord(const Hazard &hazard)
{
    return hazard.severity != Hazard::Severity::Safe &&
           !(hazard.severity == Hazard::Severity::Advice && hazard.rule == Rule::None);
}

MigrationHazards hazardsOf(const Migration &migration, const schema::Database &before,
                           const schema::Database &after, const ScriptState &earlier)
{
    MigrationHazards found{.tag = migration.tag, .file = migration.file};
    const QString script = QString::fromUtf8(migration.sql);
    const auto outsider = sql::findOutsider(script);
    const JudgeOptions options{.outsideTransaction = outsider && !outsider->controlsTransaction,
                               .style = before == after,
                               .earlier = &earlier};
    const auto judged = judge(script, before, options);
    if (!judged) {
        found.error = judged.error();
        return found;
    }
    LockOrder order;
    for (const JudgedStatement &statement : *judged) {
        MigrationHazards::Statement made{
            .line = int(script.left(statement.span.offset).count(u'\n')) + 1,
            .words = beginning(script.mid(statement.span.offset, statement.span.length)),
            .effect = statement.effect};
        std::ranges::copy_if(statement.hazards, std::back_inserter(made.hazards), isWorthAWord);
        if (const auto several = order.next(statement.effect, statement.known);
            several && !options.outsideTransaction)
            made.hazards << *several;
        if (!made.hazards.isEmpty())
            found.statements << made;
    }
    return found;
}
} // namespace

QList<MigrationHazards> hazardsOf(const Folder &folder, const QList<qsizetype> &migrations)
{
    QList<MigrationHazards> found;
    ScriptState earlier{schema::Database()};
    for (qsizetype index = 0; index < folder.migrations.size(); ++index) {
        const Migration &migration = folder.migrations[index];
        if (!migration.hasSql || migrations.isEmpty() || index > migrations.last())
            continue;
        if (migrations.contains(index)) {
            const MigrationHazards made =
                hazardsOf(migration, schemaOf(folder, index - 1), schemaOf(folder, index), earlier);
            if (made.error || !made.statements.isEmpty())
                found << made;
        }
        const auto statements = sql::actionsOf(QString::fromUtf8(migration.sql));
        for (const sql::ScriptStatement &statement :
             statements ? *statements : QList<sql::ScriptStatement>()) {
            for (const sql::Action &action : statement.actions)
                earlier.apply(action);
        }
    }
    return found;
}

} // namespace migrate
