// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/judgelocks.h"

#include "diff/renaming.h"
#include "migrate/columntype.h"
#include "migrate/hazards.h"
#include "migrate/mentions.h"

#include <algorithm>

namespace migrate
{

namespace
{
using schema::Name;
using sql::Action;
using Kind = sql::Action::Kind;

/// On what the action is about.
Lock ownLock(const Action &action)
{
    switch (action.kind) {
    case Kind::Other:
    case Kind::CreateTable:
    case Kind::CreateView:
    case Kind::CreateMaterializedView:
    case Kind::CreateSequence:
    case Kind::CreateType:
    case Kind::AddEnumValue:
    case Kind::RenameEnumValue:
    case Kind::DropType:
    case Kind::RenameType:
    case Kind::AddDomainConstraint:
    case Kind::CreateFunction:
    case Kind::DropFunction:
    case Kind::RunCode:
    case Kind::CreateExtension:
    case Kind::AlterExtension:
    case Kind::DropExtension:
    case Kind::CreateSchema:
    case Kind::DropSchema:
    case Kind::RenameSchema:
    case Kind::Select:
    case Kind::Grant:
    case Kind::ControlTransaction:
        return Lock::None;
    case Kind::Insert:
    case Kind::Update:
    case Kind::Delete:
        return Lock::RowExclusive;
    case Kind::ValidateConstraint:
    case Kind::SetStatistics:
    case Kind::RenameIndex:
    case Kind::AttachPartition:
    case Kind::Analyze:
    case Kind::Comment:
        return Lock::ShareUpdateExclusive;
    case Kind::SetOptions:
        return action.relation == Action::Relation::View ? Lock::AccessExclusive
                                                         : Lock::ShareUpdateExclusive;
    case Kind::Vacuum:
        return action.full ? Lock::AccessExclusive : Lock::ShareUpdateExclusive;
    case Kind::CreateIndex:
    case Kind::Reindex:
        return action.concurrently ? Lock::ShareUpdateExclusive : Lock::Share;
    case Kind::DropIndex:
    case Kind::DetachPartition:
        return action.concurrently ? Lock::ShareUpdateExclusive : Lock::AccessExclusive;
    case Kind::RefreshMaterializedView:
        return action.concurrently ? Lock::Exclusive : Lock::AccessExclusive;
    case Kind::AddForeignKey:
    case Kind::SwitchTrigger:
    case Kind::CreateTrigger:
    case Kind::AlterSequence:
        return Lock::ShareRowExclusive;
    default:
        return Lock::AccessExclusive;
    }
}

/// What the action is about as a relation: an index stands for its table.
Name subject(const Action &action, const ScriptState &state)
{
    const Name name = ScriptState::nameOf(action.object);
    const bool index = action.kind == Kind::DropIndex ||
                       (action.kind == Kind::Reindex && action.relation == Action::Relation::Index);
    return index ? state.tableOfIndex(name) : name;
}

class Locks
{
public:
    Locks(const Action &action, const ScriptState &state, Effect &effect)
        : m_action(action)
        , m_state(state)
        , m_effect(effect)
        , m_name(subject(action, state))
    {
    }

    void add()
    {
        lock(m_name, ownLock(m_action));
        addOfKeys();
        addOfOthers();
        for (const sql::ObjectName &read : m_action.reads) {
            if (isQuery())
                lockRead(ScriptState::nameOf(read));
        }
        const bool moves = m_action.kind == Kind::Select || m_action.kind == Kind::Insert ||
                           m_action.kind == Kind::Update;
        for (const sql::ObjectName &sequence : m_action.numbers) {
            if (moves)
                lock(ScriptState::nameOf(sequence), Lock::RowExclusive);
        }
    }

private:
    void lock(const Name &name, Lock strength)
    {
        if (name.name.isEmpty() || strength == Lock::None || m_state.isNew(name))
            return;
        const auto known = std::ranges::find(m_effect.locks, name, &LockedRelation::relation);
        if (known == m_effect.locks.end())
            m_effect.locks << LockedRelation{.relation = name, .lock = strength};
        else
            known->lock = std::max(known->lock, strength);
    }
    void lock(const QList<Name> &names, Lock strength)
    {
        for (const Name &name : names)
            lock(name, strength);
    }

    bool isQuery() const
    {
        switch (m_action.kind) {
        case Kind::CreateTable:
        case Kind::CreateView:
        case Kind::CreateMaterializedView:
        case Kind::CreatePolicy:
        case Kind::AlterPolicy:
        case Kind::Select:
        case Kind::Insert:
        case Kind::Update:
        case Kind::Delete:
            return true;
        default:
            return false;
        }
    }

    /// The tables at the other end of foreign keys.
    void addOfKeys()
    {
        const schema::Table *table = m_state.table(m_name);
        const QList<schema::ForeignKey> keys =
            table ? table->foreignKeys : QList<schema::ForeignKey>();
        switch (m_action.kind) {
        case Kind::AddForeignKey:
            lock(ScriptState::nameOf(m_action.target), Lock::ShareRowExclusive);
            break;
        case Kind::ValidateConstraint:
        case Kind::DropConstraint:
            if (const auto *key = m_state.foreignKey(m_name, m_action.part))
                lock(diff::targetOf(*key), m_action.kind == Kind::DropConstraint
                                               ? Lock::AccessExclusive
                                               : Lock::RowShare);
            if (m_action.cascade)
                lock(m_state.pointingAt(m_name), Lock::AccessExclusive);
            break;
        case Kind::DropTable:
            for (const schema::ForeignKey &key : keys)
                lock(diff::targetOf(key), Lock::AccessExclusive);
            lock(m_state.pointingAt(m_name), Lock::AccessExclusive);
            break;
        case Kind::DropColumn:
        case Kind::SetType:
            for (const schema::ForeignKey &key : keys) {
                if (key.columns.contains(m_action.part))
                    lock(diff::targetOf(key), Lock::AccessExclusive);
            }
            lock(m_state.pointingAt(m_name, m_action.part), Lock::AccessExclusive);
            break;
        case Kind::Insert:
            for (const schema::ForeignKey &key : keys)
                lock(diff::targetOf(key), Lock::RowShare);
            break;
        case Kind::Truncate:
            if (m_action.cascade)
                addCascade(m_name);
            break;
        default:
            break;
        }
    }

    void lockRead(const Name &name)
    {
        lock(name, Lock::AccessShare);
        const bool only = m_action.kind == Kind::CreateView ||
                          m_action.kind == Kind::CreatePolicy || m_action.kind == Kind::AlterPolicy;
        for (const Name &read : m_state.under(name)) {
            if (read != name && !only) // what runs reads through views
                lockRead(read);
        }
    }

    void addCascade(const Name &table)
    {
        for (const Name &other : m_state.pointingAt(table)) {
            const bool known = std::ranges::find(m_effect.locks, other,
                                                 &LockedRelation::relation) != m_effect.locks.end();
            lock(other, Lock::AccessExclusive);
            if (!known)
                addCascade(other);
        }
    }

    void addOfOthers()
    {
        const Name target = ScriptState::nameOf(m_action.target);
        switch (m_action.kind) {
        case Kind::CreateTable:
            lock(target, m_action.partition ? Lock::AccessExclusive : Lock::ShareUpdateExclusive);
            break;
        case Kind::AttachPartition:
            lock(target, Lock::AccessExclusive);
            break;
        case Kind::DetachPartition:
            lock(target, ownLock(m_action));
            break;
        case Kind::CreateView:
            if (m_action.tolerant && m_state.hasView(m_name))
                lock(m_name, Lock::AccessExclusive);
            break;
        case Kind::Reindex:
            if (m_action.relation == Action::Relation::Index && !m_action.concurrently)
                lock(ScriptState::nameOf(m_action.object), Lock::AccessExclusive);
            break;
        case Kind::AddDomainConstraint:
            lock(m_state.tablesWithType(m_name), Lock::Share);
            break;
        case Kind::DropType:
            if (m_action.cascade)
                lock(m_state.tablesWithType(m_name), Lock::AccessExclusive);
            break;
        case Kind::DropSchema:
            for (const schema::Table &table : m_state.tables()) {
                if (m_action.cascade && table.name.schema == m_name.name)
                    lock(table.name, Lock::AccessExclusive);
            }
            break;
        default:
            break;
        }
    }

    const Action &m_action;
    const ScriptState &m_state;
    Effect &m_effect;
    const Name m_name;
};

/// An index whose expression or predicate reads the column is built again with its type.
bool rebuildsIndex(const Action &action, const ScriptState &state)
{
    const schema::Table *table = state.table(ScriptState::nameOf(action.object));
    return table && std::ranges::any_of(table->indexes, [&](const schema::Index &index) {
               const bool plain = std::ranges::none_of(
                   index.columns, [](const auto &column) { return column.isExpression; });
               const bool reads =
                   mentions(index.where, action.part) ||
                   std::ranges::any_of(index.columns, [&](const schema::IndexColumn &column) {
                       return mentions(column.expression, action.part);
                   });
               return (!plain || !index.where.isEmpty()) && reads;
           });
}

Work columnWork(const Action &action, const ScriptState &state)
{
    const Name table = ScriptState::nameOf(action.object);
    switch (action.kind) {
    case Kind::AddColumn:
        if (fillsColumn(action))
            return Work::Rewrite;
        return action.notNull && !action.hasValue ? Work::Scan : Work::None;
    case Kind::SetNotNull:
        return state.isProvedNotNull(table, action.part) ? Work::None : Work::Scan;
    case Kind::SetType:
        if (rewritesRows(action, state))
            return Work::Rewrite;
        return rebuildsIndex(action, state) ? Work::IndexBuild : Work::None;
    default:
        return Work::None;
    }
}

/// A key over an index that is there takes nothing but a look for NULL, where there may be some.
Work keyWork(const Action &action, const ScriptState &state)
{
    if (!action.usingIndex)
        return Work::IndexBuild;
    const schema::Table *table = state.table(ScriptState::nameOf(action.object));
    if (action.kind != Kind::AddPrimaryKey || !table)
        return Work::None;
    QStringList columns = state.columnsOfIndex(table->name, action.target.name);
    const auto index = std::ranges::find(table->indexes, action.target.name, &schema::Index::name);
    if (columns.isEmpty() && index != table->indexes.end()) {
        for (const schema::IndexColumn &part : index->columns)
            columns << part.expression;
    }
    const bool known = !columns.isEmpty() && std::ranges::all_of(columns, [&](const QString &name) {
        const schema::Column *column = table->column(name);
        return column &&
               (column->notNull || column->primaryKey || state.isProvedNotNull(table->name, name));
    });
    return known ? Work::None : Work::Scan;
}

Work workOf(const Action &action, const ScriptState &state)
{
    switch (action.kind) {
    case Kind::AddColumn:
    case Kind::SetNotNull:
    case Kind::SetType:
        return columnWork(action, state);
    case Kind::AddPrimaryKey:
    case Kind::AddUnique:
    case Kind::AddExclusion:
        return keyWork(action, state);
    case Kind::AddForeignKey:
    case Kind::AddCheck:
    case Kind::AddDomainConstraint:
        return action.notValid ? Work::None : Work::Scan;
    case Kind::ValidateConstraint:
    case Kind::AttachPartition:
    case Kind::Update:
    case Kind::Delete:
    case Kind::Analyze:
        return Work::Scan;
    case Kind::Vacuum:
        return action.full ? Work::Rewrite : Work::Scan;
    case Kind::Insert:
    case Kind::Select:
        return std::ranges::all_of(
                   action.reads,
                   [&](const sql::ObjectName &read) { return action.numbers.contains(read); })
                   ? Work::None
                   : Work::Scan;
    case Kind::CreateIndex:
    case Kind::Reindex:
        return Work::IndexBuild;
    case Kind::CreateMaterializedView:
    case Kind::CreateTable:
        return action.notValid || action.reads.isEmpty() ? Work::None : Work::Scan;
    case Kind::RefreshMaterializedView:
        return action.concurrently ? Work::Scan : Work::Rewrite;
    case Kind::MoveStorage:
    case Kind::Cluster:
        return Work::Rewrite;
    default:
        return Work::None;
    }
}
} // namespace

bool fillsColumn(const Action &action)
{
    return action.generated || action.type.contains(QLatin1String("serial")) ||
           std::ranges::any_of(action.functions, [](const QString &function) {
               return hazards::isVolatile(function + u'(');
           });
}

bool rewritesRows(const Action &action, const ScriptState &state)
{
    const schema::Column *before = state.column(ScriptState::nameOf(action.object), action.part);
    if (!before)
        return true;
    const bool named = !before->typeSchema.isEmpty() || !action.typeSchema.isEmpty();
    const bool same = before->type == action.type && before->typeSchema == action.typeSchema;
    return !same && (named || typeEffect(before->type, action.type).rewrites);
}

void addEffect(const Action &action, const ScriptState &state, Effect &effect)
{
    const qsizetype before = effect.locks.size();
    Locks(action, state, effect).add();
    const bool onOld = !state.isNew(subject(action, state));
    if ((onOld && !effect.locks.isEmpty()) || effect.locks.size() > before)
        effect.work = std::max(effect.work, onOld || !action.reads.isEmpty() ? workOf(action, state)
                                                                             : Work::None);
    const bool lonely = action.concurrently ? action.kind != Kind::RefreshMaterializedView
                                            : action.kind == Kind::Vacuum;
    effect.inTransaction = effect.inTransaction && !lonely;
}

} // namespace migrate
