// SPDX-License-Identifier: GPL-3.0-or-later
#include "step.h"

#include <QCoreApplication>

#include <algorithm>

namespace changes
{

namespace
{

using Type = Model::Type;
using PartKind = Model::Part::Kind;
using Numbers = Model::Numbers;

const QList<Type> plainTypes{Type::Integer, Type::BigInt,  Type::Numeric, Type::Double, Type::Text,
                             Type::Varchar, Type::Boolean, Type::Date,    Type::Json};

} // namespace

QString Step::create()
{
    switch (pick(12)) {
    case 0:
        return addSchema();
    case 1:
        return addEnum();
    case 2:
        return addSequence();
    case 3:
        return addRole();
    case 4:
    case 5:
        return addView();
    case 6:
    case 7:
    case 8:
        return addTable();
    case 9:
        return addColumn();
    default:
        return addPart();
    }
}

QString Step::freshName()
{
    static const QStringList forms{QStringLiteral("plain_%1"),
                                   QStringLiteral("Capital%1"),
                                   QStringLiteral("two words %1"),
                                   QStringLiteral("a;b%1"),
                                   QStringLiteral("a--b%1"),
                                   QStringLiteral("a,b%1"),
                                   QStringLiteral("say \"%1\""),
                                   QStringLiteral("it's %1"),
                                   QStringLiteral("größe_%1"),
                                   QStringLiteral("名%1"),
                                   QStringLiteral("10%1"),
                                   QStringLiteral("a.b%1"),
                                   QStringLiteral("x%1__added"),
                                   QStringLiteral("p%%1s"),
                                   QStringLiteral("b\\%1"),
                                   QStringLiteral("$%1"),
                                   QStringLiteral("select %1"),
                                   QStringLiteral("plain_%1"),
                                   QStringLiteral("other_%1"),
                                   QStringLiteral("n%1_a_name_of_more_than_sixty_three_bytes_"
                                                  "which_the_server_cuts_off_somewhere")};
    return forms.at(pick(forms.size())).arg(++m_model.lastId);
}

int Step::anySchema()
{
    const Model::Named *schema = chance(30) ? any(m_model.schemas) : nullptr;
    return schema ? schema->id : 0;
}

QString Step::addSchema()
{
    if (m_model.schemas.size() >= 3)
        return {};
    m_model.schemas << Model::Named{next(), freshName()};
    return QStringLiteral("schema %1").arg(m_model.schemas.last().name);
}

QString Step::addEnum()
{
    Model::Enum type;
    type.id = next();
    type.name = freshName();
    type.schema = anySchema();
    for (qsizetype i = 0; i < 2 + pick(3); ++i)
        type.values << Model::Named{next(), freshName().left(30)};
    m_model.enums << type;
    return QStringLiteral("enum %1").arg(type.name);
}

QString Step::addSequence()
{
    Model::Sequence sequence;
    sequence.id = next();
    sequence.name = freshName();
    sequence.schema = anySchema();
    sequence.increment = 1 + int(pick(3));
    sequence.cycle = chance(30);
    m_model.sequences << sequence;
    return QStringLiteral("sequence %1").arg(sequence.name);
}

QString Step::addRole()
{
    if (m_model.roles.size() >= 2)
        return {};
    Model::Role role;
    role.id = next();
    role.name = roleName();
    role.createDb = chance(30);
    role.inherit = chance(70);
    m_model.roles << role;
    return QStringLiteral("role %1").arg(role.name);
}

QString Step::roleName()
{
    static const QStringList forms{QStringLiteral("changes_%1_%2"),
                                   QStringLiteral("Changes; \"%1\" -- %2")};
    return forms.at(pick(2)).arg(QCoreApplication::applicationPid()).arg(++m_model.lastId);
}

QString Step::addTable()
{
    if (m_model.tables.size() >= 6)
        return {};
    Model::Table table;
    table.id = next();
    table.name = freshName();
    table.schema = anySchema();
    table.rowSecurity = chance(15);
    Model::Column key;
    key.id = next();
    key.name = chance(70) ? QStringLiteral("id") : freshName();
    key.type = chance(30) ? Type::BigInt : chance(20) ? Type::Text : Type::Integer;
    if (key.type != Type::Text)
        key.numbers = Numbers(pick(4));
    table.columns << key;
    if (chance(85))
        table.key << key.id;
    for (qsizetype i = 0; i < 1 + pick(4); ++i)
        table.columns << newColumn(table, false);
    m_model.tables << table;
    return QStringLiteral("table %1").arg(table.name);
}

Model::Column Step::newColumn(const Model::Table &table, bool underRows)
{
    Model::Column column;
    column.id = next();
    column.name = freshName();
    column.type = plainTypes.at(pick(plainTypes.size()));
    if (const Model::Enum *type = chance(25) ? any(m_model.enums) : nullptr) {
        column.type = Type::Enum;
        column.enumType = type->id;
    }
    column.array = column.type != Type::Json && chance(12);
    column.notNull = chance(40);
    column.hasDefault = chance(50) || (underRows && column.notNull);
    column.variant = int(pick(6));
    const Model::Column &base = table.columns.at(pick(table.columns.size()));
    const bool canCompute = !base.generatedFrom && !base.array && isConvertible(base.type);
    if (chance(12) && canCompute) {
        column.generatedFrom = base.id;
        column.array = false;
        column.type = Type::Text; // what it is follows from the other column
        column.notNull = false;
    }
    return column;
}

QString Step::addColumn()
{
    Model::Table *table = any(m_model.tables);
    if (!table || table->columns.isEmpty())
        return {};
    const Model::Column column = newColumn(*table, isOld(table->id));
    table->columns << column;
    return QStringLiteral("column %1 of %2").arg(column.name, table->name);
}

QString Step::addPart()
{
    Model::Table *table = any(m_model.tables);
    if (!table || table->columns.isEmpty())
        return {};
    Model::Part part;
    part.id = next();
    part.name = freshName();
    part.kind = PartKind(pick(5));
    part.ownName = chance(40);
    part.variant = int(pick(12));
    const Model::Column &column = table->columns.at(pick(table->columns.size()));
    part.columns << column.id;
    if (!fits(*table, column, part))
        return {};
    table->parts << part;
    return QStringLiteral("%1 %2 over %3 of %4")
        .arg(wordOf(part.kind), part.name, column.name, table->name);
}

QString Step::wordOf(PartKind kind)
{
    static const QStringList words{QStringLiteral("index"), QStringLiteral("unique"),
                                   QStringLiteral("check"), QStringLiteral("foreign key"),
                                   QStringLiteral("policy")};
    return words.at(int(kind));
}

bool Step::fits(const Model::Table &table, const Model::Column &column, Model::Part &part)
{
    const bool distinct = !column.array && !column.generatedFrom &&
                          (isConvertible(column.type) || column.type == Type::Date) &&
                          (isOld(column.id) || !isOld(table.id));
    const bool repeated = std::ranges::any_of(table.parts, [&](const Model::Part &other) {
        return other.kind == part.kind && other.columns == part.columns;
    });
    switch (part.kind) {
    case PartKind::Index:
        return !repeated && !column.array && column.type != Type::Json;
    case PartKind::Unique:
        return !repeated && distinct;
    case PartKind::Policy:
        part.role = m_model.roles.isEmpty() || chance(50) ? 0 : any(m_model.roles)->id;
        return true;
    case PartKind::Check:
        return !repeated;
    case PartKind::ForeignKey:
        return !repeated && canPoint(table, column, part);
    }
    return false;
}

bool Step::canPoint(const Model::Table &table, const Model::Column &column, Model::Part &part)
{
    const Model::Table *target = any(m_model.tables);
    if (!target || target->key.size() != 1 || table.key.contains(column.id) ||
        column.numbers != Numbers::None || column.generatedFrom || column.array ||
        !isConvertible(column.type))
        return false;
    const bool isPointedFrom = std::ranges::any_of(table.parts, [&](const Model::Part &other) {
        return other.kind == PartKind::ForeignKey && other.columns == part.columns;
    });
    // Rows that are there point at rows that are there; what is added with a default does not.
    const bool rowsFit =
        isOld(table.id) == isOld(target->id) && isOld(table.id) == isOld(column.id);
    const bool basedOn = std::ranges::any_of(table.columns, [&](const Model::Column &other) {
        return other.generatedFrom == column.id;
    });
    part.target = target->id;
    return !isPointedFrom && rowsFit && !basedOn && !isTarget(table.id, column.id);
}

bool Step::isTarget(int tableId, int columnId) const
{
    const Model::Table *table = m_model.table(tableId);
    return table->key == QList<int>{columnId} &&
           std::ranges::any_of(m_model.tables, [&](const Model::Table &other) {
               return std::ranges::any_of(other.parts, [&](const Model::Part &part) {
                   return part.kind == PartKind::ForeignKey && part.target == tableId;
               });
           });
}

bool Step::isPointing(const Model::Table &table, int columnId) const
{
    return std::ranges::any_of(table.parts, [&](const Model::Part &part) {
        return part.kind == PartKind::ForeignKey && part.columns.contains(columnId);
    });
}

QString Step::addView()
{
    const Model::Table *table = any(m_model.tables);
    if (!table || table->columns.isEmpty())
        return {};
    Model::View view;
    view.id = next();
    view.name = freshName();
    view.schema = anySchema();
    view.materialized = chance(30);
    view.table = table->id;
    view.variant = int(pick(12));
    for (const Model::Column &column : table->columns) {
        if (view.columns.isEmpty() || chance(60))
            view.columns << column.id;
    }
    m_model.views << view;
    return QStringLiteral("view %1 of %2").arg(view.name, table->name);
}

} // namespace changes
