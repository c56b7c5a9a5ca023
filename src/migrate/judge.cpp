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

enum class Place { Before, Last };

void addOnce(QList<Hazard> &list, const Hazard &hazard)
{
    if (!list.contains(hazard))
        list << hazard;
}

bool creates(Kind kind)
{
    return kind == Kind::CreateTable || kind == Kind::CreateView ||
           kind == Kind::CreateMaterializedView || kind == Kind::CreateSequence ||
           kind == Kind::CreateType || kind == Kind::CreateFunction;
}

/// Names that are found by search_path though nothing before has made them there, and statements
/// that cannot be run twice when one behind them fails.
QList<Hazard> styleOf(const Action &action, const ScriptState &state, const JudgeOptions &options,
                      Place place)
{
    QList<Hazard> found;
    const bool relation = action.kind != Kind::Other && !action.object.name.isEmpty() &&
                          action.kind != Kind::CreateExtension &&
                          action.kind != Kind::AlterExtension &&
                          action.kind != Kind::DropExtension && action.kind != Kind::CreateSchema &&
                          action.kind != Kind::DropSchema && action.kind != Kind::RenameSchema;
    if (options.style && relation && action.object.schema.isEmpty() && !creates(action.kind) &&
        !state.knows(ScriptState::nameOf(action.object)))
        found << hazards::of(Rule::UnqualifiedName, action.object.name);
    const bool makes = action.kind == Kind::CreateTable || action.kind == Kind::CreateIndex ||
                       action.kind == Kind::CreateSequence || action.kind == Kind::CreateView ||
                       action.kind == Kind::CreateFunction || action.kind == Kind::AddEnumValue ||
                       action.kind == Kind::DropTable || action.kind == Kind::DropIndex ||
                       action.kind == Kind::DropView || action.kind == Kind::DropSequence;
    // IF NOT EXISTS would take an index for made that was left invalid.
    const bool mayBeInvalid = action.kind == Kind::CreateIndex && action.concurrently;
    if (options.outsideTransaction && place != Place::Last && makes && !mayBeInvalid &&
        !action.tolerant)
        found << hazards::of(Rule::NotRepeatable);
    return found;
}

JudgedStatement judgeOne(const sql::ScriptStatement &statement, const QString &text,
                         ScriptState &state, const JudgeOptions &options, Place place)
{
    JudgedStatement judged{.span = statement.span};
    QList<Hazard> rules;
    for (const Action &action : statement.actions) {
        addEffect(action, state, judged.effect);
        for (const Hazard &hazard : rulesOf(action, state) + styleOf(action, state, options, place))
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
    if (options.earlier)
        state.remember(*options.earlier);
    QList<JudgedStatement> judged;
    for (const sql::ScriptStatement &statement : *statements)
        judged << judgeOne(statement, script.mid(statement.span.offset, statement.span.length),
                           state, options,
                           &statement == &statements->last() ? Place::Last : Place::Before);
    return judged;
}

} // namespace migrate
