// SPDX-License-Identifier: GPL-3.0-or-later
#include "step.h"

#include <algorithm>

namespace changes
{

namespace
{

using Type = Model::Type;
using PartKind = Model::Part::Kind;
using Numbers = Model::Numbers;

} // namespace

QString Step::edit()
{
    static const QList<QString (Step::*)()> edits{
        &Step::create,         &Step::create,      &Step::create,       &Step::dropTable,
        &Step::dropColumn,     &Step::dropColumn,  &Step::dropPart,     &Step::dropPart,
        &Step::dropOther,      &Step::renameTable, &Step::renameColumn, &Step::renameColumn,
        &Step::renameOther,    &Step::swapColumns, &Step::swapTables,   &Step::moveObject,
        &Step::changeType,     &Step::changeType,  &Step::changeNull,   &Step::changeDefault,
        &Step::changeNumbers,  &Step::changeEnum,  &Step::changeEnum,   &Step::changePart,
        &Step::changeSequence, &Step::changeRole,  &Step::changeView,   &Step::changeKey,
        &Step::changeSecurity};
    return (this->*edits.at(pick(edits.size())))();
}

QString Step::dropTable()
{
    return dropFrom(m_model.tables, QStringLiteral("table"));
}

QString Step::dropColumn()
{
    Model::Table *table = any(m_model.tables);
    if (!table || table->columns.size() < 2)
        return {};
    return dropFrom(table->columns, QStringLiteral("column of %1:").arg(table->name));
}

QString Step::dropPart()
{
    Model::Table *table = any(m_model.tables);
    return table ? dropFrom(table->parts, QStringLiteral("part of %1:").arg(table->name))
                 : QString();
}

QString Step::dropOther()
{
    switch (pick(5)) {
    case 0:
        return dropFrom(m_model.schemas, QStringLiteral("schema"));
    case 1:
        return dropFrom(m_model.enums, QStringLiteral("enum"));
    case 2:
        return dropFrom(m_model.sequences, QStringLiteral("sequence"));
    case 3:
        return dropFrom(m_model.roles, QStringLiteral("role"));
    default:
        return dropFrom(m_model.views, QStringLiteral("view"));
    }
}

QString Step::rename(Model::Named *named, const QString &kind, const QString &to)
{
    if (!named)
        return {};
    const QString from = std::exchange(named->name, to);
    return QStringLiteral("rename %1 %2 to %3").arg(kind, from, named->name);
}

QString Step::renameTable()
{
    return rename(any(m_model.tables), QStringLiteral("table"), freshName());
}

QString Step::renameColumn()
{
    Model::Table *table = any(m_model.tables);
    return table ? rename(any(table->columns), QStringLiteral("column of %1:").arg(table->name),
                          freshName())
                 : QString();
}

QString Step::renameOther()
{
    switch (pick(7)) {
    case 0:
        return rename(any(m_model.schemas), QStringLiteral("schema"), freshName());
    case 1:
        return rename(any(m_model.enums), QStringLiteral("enum"), freshName());
    case 2:
        return rename(any(m_model.sequences), QStringLiteral("sequence"), freshName());
    case 3:
        return rename(any(m_model.roles), QStringLiteral("role"), roleName());
    case 4:
        return rename(any(m_model.views), QStringLiteral("view"), freshName());
    case 5: {
        Model::Enum *type = any(m_model.enums);
        return type ? rename(any(type->values), QStringLiteral("value"), freshName().left(30))
                    : QString();
    }
    default: {
        Model::Table *table = any(m_model.tables);
        return table ? rename(any(table->parts), QStringLiteral("part"), freshName()) : QString();
    }
    }
}

QString Step::swapColumns()
{
    Model::Table *table = any(m_model.tables);
    if (!table || table->columns.size() < 2)
        return {};
    Model::Column &one = table->columns.first(), &other = table->columns.last();
    std::swap(one.name, other.name);
    return QStringLiteral("swap %1 and %2 of %3").arg(one.name, other.name, table->name);
}

QString Step::swapTables()
{
    if (m_model.tables.size() < 2)
        return {};
    Model::Table &one = m_model.tables.first(), &other = m_model.tables.last();
    if (one.schema != other.schema)
        return {};
    std::swap(one.name, other.name);
    return QStringLiteral("swap %1 and %2").arg(one.name, other.name);
}

QString Step::moveObject()
{
    switch (pick(4)) {
    case 0:
        return move(m_model.enums);
    case 1:
        return move(m_model.sequences);
    case 2:
        return move(m_model.views);
    default:
        return move(m_model.tables);
    }
}

Model::Column *Step::anyConvertible(Model::Table *table)
{
    Model::Column *column = table ? any(table->columns) : nullptr;
    const bool fit = column && !column->generatedFrom && !column->array &&
                     isConvertible(column->type) && !isPointing(*table, column->id);
    return fit ? column : nullptr;
}

QString Step::changeType()
{
    Model::Table *table = any(m_model.tables);
    Model::Column *column = anyConvertible(table);
    if (!column)
        return {};
    column->type = column->numbers == Numbers::None ? Type(pick(qsizetype(Type::Varchar) + 1))
                   : chance(50)                     ? Type::BigInt
                                                    : Type::Integer;
    m_model.tidy();
    return QStringLiteral("type of %1 of %2").arg(column->name, table->name);
}

QString Step::changeNumbers()
{
    Model::Table *table = any(m_model.tables);
    Model::Column *column = anyConvertible(table);
    if (!column || (column->type != Type::Integer && column->type != Type::BigInt) ||
        !(isOld(column->id) || !isOld(table->id)))
        return {};
    column->numbers = Numbers(pick(4));
    return QStringLiteral("numbers of %1 of %2").arg(column->name, table->name);
}

QString Step::changeNull()
{
    Model::Table *table = any(m_model.tables);
    Model::Column *column = table ? any(table->columns) : nullptr;
    if (!column || column->generatedFrom ||
        (!column->notNull && !isOld(column->id) && isOld(table->id) && !column->hasDefault))
        return {};
    column->notNull = !column->notNull;
    return QStringLiteral("null of %1 of %2").arg(column->name, table->name);
}

QString Step::changeDefault()
{
    Model::Table *table = any(m_model.tables);
    Model::Column *column = table ? any(table->columns) : nullptr;
    if (!column || column->generatedFrom || (column->notNull && !isOld(column->id)))
        return {};
    column->hasDefault = chance(70);
    ++column->variant;
    return QStringLiteral("default of %1 of %2").arg(column->name, table->name);
}

QString Step::changeEnum()
{
    Model::Enum *type = any(m_model.enums);
    if (!type)
        return {};
    switch (pick(4)) {
    case 0:
        type->values.insert(pick(type->values.size() + 1), {next(), freshName().left(30)});
        return QStringLiteral("value of %1 added").arg(type->name);
    case 1: // the first one stays, for columns that are not null
        if (type->values.size() > 1)
            type->values.removeAt(1 + pick(type->values.size() - 1));
        return QStringLiteral("value of %1 dropped").arg(type->name);
    case 2:
        type->values.move(type->values.size() - 1, 0);
        return QStringLiteral("values of %1 in another order").arg(type->name);
    default:
        type->values << Model::Named{next(), freshName().left(30)};
        return QStringLiteral("value of %1 appended").arg(type->name);
    }
}

QString Step::changePart()
{
    Model::Table *table = any(m_model.tables);
    Model::Part *part = table ? any(table->parts) : nullptr;
    if (!part)
        return {};
    ++part->variant;
    return QStringLiteral("%1 %2 of %3").arg(wordOf(part->kind), part->name, table->name);
}

QString Step::changeSequence()
{
    Model::Sequence *sequence = any(m_model.sequences);
    if (!sequence)
        return {};
    sequence->cycle = !sequence->cycle;
    sequence->increment += int(pick(2));
    return QStringLiteral("sequence %1").arg(sequence->name);
}

QString Step::changeRole()
{
    Model::Role *role = any(m_model.roles);
    if (!role)
        return {};
    role->createDb = !role->createDb;
    return QStringLiteral("role %1").arg(role->name);
}

QString Step::changeView()
{
    Model::View *view = any(m_model.views);
    if (!view)
        return {};
    ++view->variant;
    return QStringLiteral("view %1").arg(view->name);
}

QString Step::changeKey()
{
    Model::Table *table = any(m_model.tables);
    if (!table || !isOld(table->id) || table->columns.isEmpty())
        return {};
    const Model::Column &first = table->columns.first(), &last = table->columns.last();
    const auto canBeKey = [&](const Model::Column &column) {
        return isOld(column.id) && !column.array && !column.generatedFrom &&
               isConvertible(column.type);
    };
    const bool pointedAt = !table->key.isEmpty() && isTarget(table->id, table->key.first());
    if (pointedAt || !canBeKey(first) || !canBeKey(last))
        return {};
    const QList<QList<int>> keys{{}, {first.id}, {last.id}, {first.id, last.id}};
    table->key = keys.at(pick(first.id == last.id ? 2 : 4));
    return QStringLiteral("key of %1").arg(table->name);
}

QString Step::changeSecurity()
{
    Model::Table *table = any(m_model.tables);
    if (!table)
        return {};
    table->rowSecurity = !table->rowSecurity;
    return QStringLiteral("row security of %1").arg(table->name);
}

} // namespace changes
