// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/scriptstate.h"

#include "diff/names.h"
#include "diff/renaming.h"

#include <algorithm>

namespace migrate
{

using sql::Action;
using Kind = sql::Action::Kind;

ScriptState::ScriptState(const schema::Database &before)
    : m_schema(before)
{
}

schema::Name ScriptState::nameOf(const sql::ObjectName &name)
{
    return {name.schema == QLatin1String("public") ? QString() : name.schema, name.name};
}

schema::Table *ScriptState::find(const schema::Name &name)
{
    const auto it = std::ranges::find(m_schema.tables, name, &schema::Table::name);
    return it == m_schema.tables.end() ? nullptr : &*it;
}

schema::Column *ScriptState::findColumn(const Action &action)
{
    schema::Table *table = find(nameOf(action.object));
    if (!table)
        return nullptr;
    const auto it = std::ranges::find(table->columns, action.part, &schema::Column::name);
    return it == table->columns.end() ? nullptr : &*it;
}

const schema::Column *ScriptState::column(const schema::Name &table, const QString &name) const
{
    const schema::Table *found = m_schema.table(table);
    return found ? found->column(name) : nullptr;
}

bool ScriptState::hasView(const schema::Name &name) const
{
    return std::ranges::find(m_schema.views, name, &schema::View::name) != m_schema.views.end();
}

schema::Name ScriptState::tableOfIndex(const schema::Name &index) const
{
    for (const schema::Table &table : m_schema.tables) {
        if (table.name.schema == index.schema &&
            std::ranges::find(table.indexes, index.name, &schema::Index::name) !=
                table.indexes.end())
            return table.name;
    }
    return index;
}

const schema::ForeignKey *ScriptState::foreignKey(const schema::Name &table,
                                                  const QString &name) const
{
    const schema::Table *found = m_schema.table(table);
    if (!found)
        return nullptr;
    const auto it = std::ranges::find(found->foreignKeys, name, &schema::ForeignKey::name);
    return it == found->foreignKeys.end() ? nullptr : &*it;
}

QList<schema::Name> ScriptState::pointingAt(const schema::Name &table, const QString &column) const
{
    QList<schema::Name> names;
    for (const schema::Table &other : m_schema.tables) {
        const bool points =
            std::ranges::any_of(other.foreignKeys, [&](const schema::ForeignKey &key) {
                return diff::targetOf(key) == table &&
                       (column.isEmpty() || key.targetColumns.contains(column));
            });
        if (points)
            names << other.name;
    }
    return names;
}

bool ScriptState::isProvedNotNull(const schema::Name &table, const QString &column) const
{
    return std::ranges::any_of(m_checks, [&](const NotNullCheck &check) {
        return check.valid && check.table == table && check.column == column;
    });
}

QStringList ScriptState::columnsOfIndex(const schema::Name &table, const QString &name) const
{
    for (const MadeIndex &index : m_indexes) {
        if (index.table == table && index.name == name)
            return index.columns;
    }
    return {};
}

bool ScriptState::knows(const schema::Name &name) const
{
    const auto has = [&name](const auto &list) {
        return std::ranges::any_of(list, [&](const auto &one) { return one.name == name; });
    };
    return has(m_schema.tables) || has(m_schema.views) || has(m_schema.sequences) ||
           has(m_schema.enums) || m_new.contains(name) || m_functions.contains(name) ||
           tableOfIndex(name) != name ||
           std::ranges::any_of(m_indexes, [&](const MadeIndex &index) {
               return index.table.schema == name.schema && index.name == name.name;
           });
}

void ScriptState::remember(const ScriptState &earlier)
{
    m_checks = earlier.m_checks;
    m_indexes = earlier.m_indexes;
    m_functions = earlier.m_functions;
}

QList<schema::Name> ScriptState::tablesWithType(const schema::Name &type) const
{
    QList<schema::Name> names;
    for (const schema::Table &table : m_schema.tables) {
        const bool has = std::ranges::any_of(table.columns, [&](const schema::Column &column) {
            return column.type.section(u'[', 0, 0) == type.name;
        });
        if (has)
            names << table.name;
    }
    return names;
}

void ScriptState::rename(const schema::Name &from, const schema::Name &to)
{
    if (schema::Table *table = find(from))
        table->name = to;
    for (schema::View &view : m_schema.views) {
        if (view.name == from)
            view.name = to;
    }
    for (schema::Table &table : m_schema.tables) {
        for (schema::ForeignKey &key : table.foreignKeys) {
            if (diff::targetOf(key) == from) {
                key.targetSchema = to.schema;
                key.targetTable = to.name;
            }
        }
        for (schema::Index &index : table.indexes) {
            if (schema::Name{table.name.schema, index.name} == from)
                index.name = to.name;
        }
    }
    for (NotNullCheck &check : m_checks) {
        if (check.table == from)
            check.table = to;
    }
    for (MadeIndex &index : m_indexes) {
        if (index.table == from)
            index.table = to;
    }
    if (m_new.remove(from))
        m_new.insert(to);
    m_before.insert(to, nameBefore(from));
}

void ScriptState::addColumn(const Action &action)
{
    schema::Table *table = find(nameOf(action.object));
    if (!table)
        return;
    schema::Column column;
    column.name = action.part;
    column.type = action.type;
    column.typeSchema = action.typeSchema;
    column.notNull = action.notNull;
    table->columns << column;
}

/// The sequence that comes with a column, under the name that PostgreSQL and drizzle-kit give it.
void ScriptState::noteSequence(const Action &action)
{
    const schema::Name table = nameOf(action.object);
    if (!action.target.name.isEmpty())
        m_new << schema::Name{table.schema, action.target.name};
    else if (action.generated || diff::isSerial(action.type))
        m_new << schema::Name{table.schema,
                              diff::generatedName(table.name, action.part, QStringLiteral("seq"))};
}

void ScriptState::drop(const schema::Name &name)
{
    m_schema.tables.removeIf([&](const schema::Table &table) { return table.name == name; });
    m_schema.views.removeIf([&](const schema::View &view) { return view.name == name; });
    for (schema::Table &table : m_schema.tables)
        table.foreignKeys.removeIf(
            [&](const schema::ForeignKey &key) { return diff::targetOf(key) == name; });
    m_new.remove(name);
}

void ScriptState::renameType(const Action &action)
{
    for (schema::Table &table : m_schema.tables) {
        for (schema::Column &column : table.columns) {
            const QString array = column.type.mid(column.type.section(u'[', 0, 0).size());
            if (!column.typeSchema.isEmpty() && column.type == action.object.name + array)
                column.type = action.target.name + array;
        }
    }
}

void ScriptState::applyToColumn(const Action &action)
{
    schema::Column *column = findColumn(action);
    if (!column)
        return;
    switch (action.kind) {
    case Kind::SetType:
        column->type = action.type;
        column->typeSchema = action.typeSchema;
        break;
    case Kind::SetNotNull:
    case Kind::DropNotNull:
        column->notNull = action.kind == Kind::SetNotNull;
        break;
    case Kind::RenameColumn:
        column->name = action.target.name;
        for (NotNullCheck &check : m_checks) {
            if (check.table == nameOf(action.object) && check.column == action.part)
                check.column = action.target.name;
        }
        break;
    default:
        find(nameOf(action.object))->columns.removeIf([&](const schema::Column &candidate) {
            return candidate.name == action.part;
        });
    }
}

void ScriptState::applyToKeys(const Action &action)
{
    const schema::Name name = nameOf(action.object);
    if (action.kind == Kind::AddCheck && action.notNull)
        m_checks << NotNullCheck{name, action.part, action.columns.value(0), !action.notValid};
    for (NotNullCheck &check : m_checks) {
        if (action.kind == Kind::ValidateConstraint && check.table == name &&
            check.name == action.part)
            check.valid = true;
    }
    if (action.kind == Kind::DropConstraint)
        m_checks.removeIf([&](const NotNullCheck &check) {
            return check.table == name && check.name == action.part;
        });
    if (action.kind == Kind::CreateIndex)
        m_indexes << MadeIndex{name, action.part, action.columns};
    schema::Table *table = find(name);
    if (!table)
        return;
    if (action.kind == Kind::DropConstraint) {
        table->foreignKeys.removeIf(
            [&](const schema::ForeignKey &key) { return key.name == action.part; });
    } else if (action.kind == Kind::AddForeignKey) {
        schema::ForeignKey key;
        key.name = action.part;
        key.columns = action.columns;
        key.targetSchema = nameOf(action.target).schema;
        key.targetTable = action.target.name;
        table->foreignKeys << key;
    } else if (action.kind == Kind::CreateIndex) {
        schema::Index index;
        index.name = action.part;
        for (const QString &column : action.columns)
            index.columns << schema::IndexColumn{column, column.isEmpty(), true, {}, {}};
        table->indexes << index;
    }
}

void ScriptState::apply(const Action &action)
{
    const schema::Name name = nameOf(action.object);
    switch (action.kind) {
    case Kind::CreateTable: {
        schema::Table table;
        table.name = name;
        m_schema.tables << table;
        m_new << name;
        break;
    }
    case Kind::CreateView:
        m_under.remove(name);
        for (const sql::ObjectName &read : action.reads)
            m_under[name] << nameOf(read);
        [[fallthrough]];
    case Kind::CreateMaterializedView:
    case Kind::CreateSequence:
        if (!hasView(name))
            m_new << name;
        break;
    case Kind::DropTable:
    case Kind::DropView:
        drop(name);
        break;
    case Kind::CreateFunction:
        m_functions << name;
        break;
    case Kind::RenameType:
        renameType(action);
        break;
    case Kind::ChangeIdentity:
        noteSequence(action);
        break;
    case Kind::AddColumn:
        addColumn(action);
        noteSequence(action);
        break;
    case Kind::SetType:
    case Kind::SetNotNull:
    case Kind::DropNotNull:
    case Kind::DropColumn:
    case Kind::RenameColumn:
        applyToColumn(action);
        break;
    case Kind::RenameRelation:
    case Kind::RenameIndex:
        rename(name, {name.schema, action.target.name});
        break;
    case Kind::MoveRelation:
        rename(name, nameOf(action.target));
        break;
    case Kind::RenameSchema:
        for (const schema::Table &table : QList<schema::Table>(m_schema.tables)) {
            if (table.name.schema == name.name)
                rename(table.name, {action.target.name, table.name.name});
        }
        break;
    case Kind::CreateIndex:
        m_new << schema::Name{name.schema, action.part};
        [[fallthrough]];
    default:
        applyToKeys(action);
    }
}

} // namespace migrate
