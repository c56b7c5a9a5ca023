// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/judge.h"

#include "migrate/hazards.h"
#include "migrate/judgelocks.h"
#include "sql/parse.h"

#include <algorithm>

namespace migrate
{

namespace
{
using sql::Action;
using Kind = sql::Action::Kind;

void addOnce(QList<Hazard> &list, const Hazard &hazard)
{
    if (!list.contains(hazard))
        list << hazard;
}

/// Names that are found by search_path, and statements that cannot be run twice.
QList<Hazard> styleOf(const Action &action, const JudgeOptions &options)
{
    QList<Hazard> found;
    const bool relation = action.kind != Kind::Other && !action.object.name.isEmpty() &&
                          action.kind != Kind::CreateExtension &&
                          action.kind != Kind::AlterExtension &&
                          action.kind != Kind::DropExtension && action.kind != Kind::CreateSchema &&
                          action.kind != Kind::DropSchema && action.kind != Kind::RenameSchema;
    if (options.style && relation && action.object.schema.isEmpty())
        found << hazards::of(Rule::UnqualifiedName, action.object.name);
    const bool makes = action.kind == Kind::CreateTable || action.kind == Kind::CreateIndex ||
                       action.kind == Kind::CreateSequence || action.kind == Kind::CreateView ||
                       action.kind == Kind::CreateFunction || action.kind == Kind::AddEnumValue ||
                       action.kind == Kind::DropTable || action.kind == Kind::DropIndex ||
                       action.kind == Kind::DropView || action.kind == Kind::DropSequence;
    if (options.outsideTransaction && makes && !action.tolerant)
        found << hazards::of(Rule::NotRepeatable);
    return found;
}

JudgedStatement judgeOne(const sql::ScriptStatement &statement, const QString &text,
                         ScriptState &state, const JudgeOptions &options)
{
    JudgedStatement judged{.span = statement.span};
    QList<Hazard> rules;
    for (const Action &action : statement.actions) {
        addEffect(action, state, judged.effect);
        for (const Hazard &hazard : rulesOf(action, state) + styleOf(action, options))
            addOnce(rules, hazard);
        if (action.kind == Kind::RunCode)
            judged.canBeJudged = false;
        state.apply(action);
    }
    const auto outsider = sql::findOutsider(text);
    if (outsider && !outsider->controlsTransaction)
        judged.effect.inTransaction = false;
    if (!judged.effect.inTransaction)
        addOnce(rules, hazards::of(Rule::ConcurrentlyInTransaction));
    judged.hazards = judged.canBeJudged ? hazards::ofEffect(judged.effect) + rules : rules;
    for (const LockedRelation &locked : std::as_const(judged.effect.locks))
        judged.known << state.nameBefore(locked.relation);
    return judged;
}
} // namespace

base::Result<QList<JudgedStatement>> judge(const QString &script, const schema::Database &before,
                                           const JudgeOptions &options)
{
    const auto statements = sql::actionsOf(script);
    if (!statements)
        return statements.error();
    ScriptState state(before);
    QList<JudgedStatement> judged;
    for (const sql::ScriptStatement &statement : *statements)
        judged << judgeOne(statement, script.mid(statement.span.offset, statement.span.length),
                           state, options);
    return judged;
}

} // namespace migrate
