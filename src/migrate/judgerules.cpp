// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/columntype.h"
#include "migrate/hazards.h"
#include "migrate/judgelocks.h"

namespace migrate
{

namespace
{
using sql::Action;
using Kind = sql::Action::Kind;

/// New and changed columns.
QList<Hazard> ofColumns(const Action &action, const ScriptState &state)
{
    QList<Hazard> found;
    const schema::Name table = ScriptState::nameOf(action.object);
    switch (action.kind) {
    case Kind::AddColumn:
        if (fillsColumn(action))
            found << hazards::of(Rule::FilledColumn);
        else if (action.notNull && !action.hasValue)
            found << hazards::of(Rule::NotNullWithoutDefault);
        found << hazards::of(Rule::CachedPlans);
        break;
    case Kind::DropColumn:
        found << hazards::of(Rule::DropColumn) << hazards::of(Rule::CachedPlans);
        break;
    case Kind::SetDefault:
    case Kind::DropDefault:
        found << hazards::of(Rule::DefaultChanged);
        break;
    case Kind::SetNotNull:
        if (!state.isProvedNotNull(table, action.part))
            found << hazards::of(Rule::SetNotNull);
        break;
    case Kind::DropNotNull:
        found << hazards::of(Rule::DropNotNull);
        break;
    case Kind::SetType: {
        found << hazards::of(rewritesRows(action, state) ? Rule::TypeRewrites : Rule::TypeAtOnce);
        const schema::Column *before = state.column(table, action.part);
        if (before && typeEffect(before->type, action.type).narrows)
            found << hazards::of(Rule::TypeNarrows);
        found << hazards::of(Rule::CachedPlans);
        break;
    }
    default:
        break;
    }
    return found;
}

/// Constraints and indexes.
QList<Hazard> ofKeys(const Action &action, const ScriptState &state)
{
    switch (action.kind) {
    case Kind::AddForeignKey:
        return action.notValid ? QList<Hazard>() : QList{hazards::of(Rule::AddForeignKey)};
    case Kind::AddCheck:
        return action.notValid ? QList<Hazard>() : QList{hazards::of(Rule::AddCheck)};
    case Kind::AddPrimaryKey:
    case Kind::AddUnique:
        return action.usingIndex ? QList<Hazard>() : QList{hazards::of(Rule::AddUnique)};
    case Kind::AddExclusion:
        return {hazards::of(Rule::AddExclusion)};
    case Kind::DropConstraint:
        if (state.foreignKey(ScriptState::nameOf(action.object), action.part))
            return {hazards::of(Rule::DropForeignKey)};
        return {};
    case Kind::CreateIndex: {
        QList<Hazard> found;
        if (!action.concurrently)
            found << hazards::of(Rule::CreateIndex);
        if (action.unique)
            found << hazards::of(Rule::AddUnique);
        if (action.columns.size() > 3)
            found << hazards::of(Rule::WideIndex);
        return found;
    }
    case Kind::DropIndex:
        return {hazards::of(Rule::DropIndex)};
    case Kind::AttachPartition:
        return {hazards::of(Rule::PartitionScan)};
    case Kind::DetachPartition:
        return action.concurrently ? QList<Hazard>() : QList{hazards::of(Rule::PartitionDetach)};
    case Kind::AddDomainConstraint:
        return action.notValid ? QList<Hazard>() : QList{hazards::of(Rule::DomainConstraint)};
    default:
        return {};
    }
}

/// Rows that are removed or written, and tables that are written anew.
QList<Hazard> ofRows(const Action &action)
{
    switch (action.kind) {
    case Kind::DropTable:
        return {hazards::of(Rule::DropTable)};
    case Kind::Truncate:
        return {hazards::of(Rule::RowsRemoved)};
    case Kind::Delete:
        return {hazards::of(action.everyRow ? Rule::RowsRemoved : Rule::BigUpdate)};
    case Kind::Update:
        return {hazards::of(action.everyRow ? Rule::RowsOverwritten : Rule::BigUpdate)};
    case Kind::Cluster:
    case Kind::MoveStorage:
        return {hazards::of(Rule::TableRebuilt)};
    case Kind::Reindex:
        return action.concurrently ? QList<Hazard>() : QList{hazards::of(Rule::TableRebuilt)};
    case Kind::Vacuum:
        return action.full ? QList{hazards::of(Rule::TableRebuilt)} : QList<Hazard>();
    case Kind::RefreshMaterializedView:
        return action.concurrently ? QList<Hazard>()
                                   : QList{hazards::of(Rule::MaterializedViewRefreshed)};
    default:
        return {};
    }
}

/// Names, access, and what PostgreSQL does not watch.
QList<Hazard> ofOthers(const Action &action)
{
    switch (action.kind) {
    case Kind::RenameRelation:
    case Kind::RenameColumn:
    case Kind::MoveRelation:
    case Kind::RenameSchema:
        return action.relation == Action::Relation::Sequence
                   ? QList<Hazard>()
                   : QList{hazards::of(Rule::RenameInUse)};
    case Kind::CreatePolicy:
    case Kind::AlterPolicy:
    case Kind::DropPolicy:
    case Kind::DisableRowSecurity:
    case Kind::EnableRowSecurity:
    case Kind::Grant:
        return {hazards::of(Rule::AccessChanged)};
    case Kind::CreateTrigger:
    case Kind::SwitchTrigger:
    case Kind::DropTrigger:
    case Kind::CreateRule:
        return {hazards::of(Rule::TriggerChanged)};
    case Kind::CreateFunction:
        return action.tolerant ? QList{hazards::of(Rule::FunctionChanged, action.object.name)}
                               : QList<Hazard>();
    case Kind::DropFunction:
        return {hazards::of(Rule::FunctionChanged, action.object.name)};
    case Kind::CreateExtension:
    case Kind::AlterExtension:
    case Kind::DropExtension:
        return {hazards::of(Rule::ExtensionChanged, action.object.name)};
    case Kind::AddEnumValue:
        return action.ordered ? QList<Hazard>() : QList{hazards::of(Rule::EnumValueAtEnd)};
    case Kind::RenameEnumValue:
        return {hazards::of(Rule::EnumValueRenamed)};
    case Kind::ControlTransaction:
        return {hazards::of(Rule::ControlsTransaction)};
    case Kind::RunCode:
        return {hazards::of(Rule::HiddenCode)};
    default:
        return {};
    }
}

bool dropsMore(const Action &action)
{
    // Within a table drizzle-kit's own statements say CASCADE where nothing can be there.
    return action.cascade &&
           (action.kind == Kind::DropTable || action.kind == Kind::DropColumn ||
            action.kind == Kind::DropConstraint || action.kind == Kind::DropView ||
            action.kind == Kind::DropType || action.kind == Kind::DropSchema ||
            action.kind == Kind::DropFunction || action.kind == Kind::DropIndex ||
            action.kind == Kind::DropExtension || action.kind == Kind::DropSequence);
}
} // namespace

QList<Hazard> rulesOf(const Action &action, const ScriptState &state)
{
    const schema::Name name = ScriptState::nameOf(action.object);
    if (state.isNew(name) && action.kind != Kind::ControlTransaction)
        return {};
    QList<Hazard> found =
        ofColumns(action, state) + ofKeys(action, state) + ofRows(action) + ofOthers(action);
    if (dropsMore(action))
        found << hazards::of(Rule::DropCascade);
    return found;
}

} // namespace migrate
