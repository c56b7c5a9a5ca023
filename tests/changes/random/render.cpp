// SPDX-License-Identifier: GPL-3.0-or-later
#include "model.h"
#include "sql/identifier.h"

#include <algorithm>

namespace changes
{

namespace
{

using Type = Model::Type;
using PartKind = Model::Part::Kind;

template <typename List> QString nameIn(const List &list, int id)
{
    const auto *entry = byId(list, id);
    return entry ? entry->name : QString();
}

bool isNumber(const Model::Column &column)
{
    return !column.array && (column.type == Type::Integer || column.type == Type::BigInt ||
                             column.type == Type::Numeric || column.type == Type::Double);
}

bool isText(const Model::Column &column)
{
    return !column.array && (column.type == Type::Text || column.type == Type::Varchar);
}

/// Renders one model; every name is looked up where it is used.
class Renderer
{
public:
    explicit Renderer(const Model &model)
        : m_model(model)
    {
    }

    schema::Database database() const
    {
        schema::Database result;
        for (const Model::Named &schema : m_model.schemas)
            result.schemas << schema.name;
        for (const Model::Enum &type : m_model.enums)
            result.enums << enumOf(type);
        for (const Model::Sequence &sequence : m_model.sequences)
            result.sequences << sequenceOf(sequence);
        for (const Model::Role &role : m_model.roles)
            result.roles << schema::Role{
                .name = role.name, .createDb = role.createDb, .inherit = role.inherit};
        for (const Model::Table &table : m_model.tables)
            result.tables << tableOf(table);
        for (const Model::View &view : m_model.views)
            result.views << viewOf(view);
        return result;
    }

    schema::Name name(const Model::Owned &owned) const
    {
        return {nameIn(m_model.schemas, owned.schema), owned.name};
    }

    schema::Column columnOf(const Model::Table &table, const Model::Column &column) const
    {
        schema::Column result{.name = column.name,
                              .type = typeText(column),
                              .primaryKey = table.key == QList<int>{column.id},
                              .notNull = isNotNull(table, column)};
        if (const Model::Enum *type = enumOf(column))
            result.typeSchema =
                type->schema ? nameIn(m_model.schemas, type->schema) : QStringLiteral("public");
        if (const Model::Column *base = table.column(column.generatedFrom)) {
            result.generated = schema::Generated{expressionOver(*base), true};
            result.type = isNumber(*base) ? QStringLiteral("numeric") : QStringLiteral("text");
            result.typeSchema.clear();
        } else if (column.numbers == Model::Numbers::Identity ||
                   column.numbers == Model::Numbers::IdentityAlways) {
            result.identity = identityOf(table, column);
        } else if (column.hasDefault && column.numbers == Model::Numbers::None) {
            result.defaultValue = defaultOf(column);
        }
        return result;
    }

private:
    static bool isNotNull(const Model::Table &table, const Model::Column &column)
    {
        return table.key.contains(column.id) || column.notNull ||
               column.numbers != Model::Numbers::None;
    }

    const Model::Enum *enumOf(const Model::Column &column) const
    {
        return column.type == Type::Enum ? m_model.enumType(column.enumType) : nullptr;
    }

    QString typeText(const Model::Column &column) const
    {
        if (column.numbers == Model::Numbers::Serial)
            return column.type == Type::BigInt ? QStringLiteral("bigserial")
                                               : QStringLiteral("serial");
        static const QHash<Type, QString> texts{{Type::Integer, QStringLiteral("integer")},
                                                {Type::BigInt, QStringLiteral("bigint")},
                                                {Type::Numeric, QStringLiteral("numeric(12, 2)")},
                                                {Type::Double, QStringLiteral("double precision")},
                                                {Type::Text, QStringLiteral("text")},
                                                {Type::Varchar, QStringLiteral("varchar(40)")},
                                                {Type::Boolean, QStringLiteral("boolean")},
                                                {Type::Date, QStringLiteral("date")},
                                                {Type::Json, QStringLiteral("jsonb")}};
        const Model::Enum *type = enumOf(column);
        return (type ? type->name : texts.value(column.type)) +
               (column.array ? QStringLiteral("[]") : QString());
    }

    schema::Default defaultOf(const Model::Column &column) const
    {
        using Form = schema::Default::Form;
        if (column.array)
            return {Form::Sql, QStringLiteral("'{}'")};
        const bool second = column.variant % 2 == 1;
        switch (column.type) {
        case Type::Integer:
        case Type::BigInt:
            return {Form::Number, second ? QStringLiteral("12") : QStringLiteral("0")};
        case Type::Numeric:
            return {Form::Sql, second ? QStringLiteral("'1.25'") : QStringLiteral("'7'")};
        case Type::Double:
            return {Form::Number, second ? QStringLiteral("1.5") : QStringLiteral("-3")};
        case Type::Boolean:
            return {Form::Boolean, second ? QStringLiteral("true") : QStringLiteral("false")};
        case Type::Date:
            return {Form::Sql, second ? QStringLiteral("now()") : QStringLiteral("'2024-02-29'")};
        case Type::Json:
            return {Form::Sql, second ? QStringLiteral("'{\"a\":\"it''s; -- \"}'::jsonb")
                                      : QStringLiteral("'[]'::jsonb")};
        case Type::Enum: {
            const QList<Model::Named> &values = enumOf(column)->values;
            return {Form::Sql, sqlText(values.at(column.variant % values.size()).name)};
        }
        default:
            return {Form::Sql,
                    second ? QStringLiteral("'it''s; -- \"so\", yes'") : QStringLiteral("'4'")};
        }
    }

    /// As drizzle-kit writes a constant.
    static QString sqlText(QString text)
    {
        return u'\'' + text.replace(u'\'', QStringLiteral("''")) + u'\'';
    }

    /// The name that Drizzle makes up, unless the server would cut it to that of the table.
    schema::Identity identityOf(const Model::Table &table, const Model::Column &column) const
    {
        using Kind = schema::Identity::Kind;
        const bool isBig = column.type == Type::BigInt;
        const QString generated = table.name + u'_' + column.name + QStringLiteral("_seq");
        return {.kind = column.numbers == Model::Numbers::IdentityAlways ? Kind::Always
                                                                         : Kind::ByDefault,
                .sequenceName = generated.toUtf8().size() > 63
                                    ? QStringLiteral("seq_%1").arg(column.id)
                                    : generated,
                .sequenceSchema = nameIn(m_model.schemas, table.schema),
                .options = {.increment = QStringLiteral("1"),
                            .startWith = QStringLiteral("1"),
                            .minValue = QStringLiteral("1"),
                            .maxValue = isBig ? QStringLiteral("9223372036854775807")
                                              : QStringLiteral("2147483647"),
                            .cache = QStringLiteral("1")}};
    }

    static QString expressionOver(const Model::Column &base)
    {
        const QString column = sql::identifier(base.name);
        return isNumber(base) ? column + QStringLiteral("::numeric * 2")
                              : QStringLiteral("upper(%1)").arg(column);
    }

    static QString qualified(const Model::Table &table, const Model::Column &column)
    {
        return sql::identifier(table.name) + u'.' + sql::identifier(column.name);
    }

    /// True for every row there is.
    static QString conditionOver(const Model::Table &table, const Model::Column &column,
                                 int variant)
    {
        const QString text = qualified(table, column);
        if (isNumber(column) && !column.generatedFrom && variant % 2 == 0)
            return text + QStringLiteral(" >= -1000");
        if (isText(column) && !column.generatedFrom && variant % 2 == 0)
            return text + QStringLiteral(" <> 'a;b, -- \"c\" ''d'''");
        return text + QStringLiteral(" is not null or 1 = 1");
    }

    schema::Enum enumOf(const Model::Enum &type) const
    {
        QStringList values;
        for (const Model::Named &value : type.values)
            values << value.name;
        return {.name = name(type), .values = values};
    }

    schema::Sequence sequenceOf(const Model::Sequence &sequence) const
    {
        return {.name = name(sequence),
                .options = {.increment = QString::number(sequence.increment),
                            .startWith = QStringLiteral("1"),
                            .minValue = QStringLiteral("1"),
                            .maxValue = QStringLiteral("9223372036854775807"),
                            .cache = QString::number(sequence.cache),
                            .cycle = sequence.cycle}};
    }

    schema::View viewOf(const Model::View &view) const
    {
        const Model::Table &table = *m_model.table(view.table);
        schema::View result{.name = name(view), .materialized = view.materialized};
        QStringList columns;
        for (int id : view.columns) {
            const Model::Column &column = *table.column(id);
            columns << sql::identifier(column.name);
            result.columns << columnOf(table, column);
            result.columns.last().primaryKey = false;
        }
        const schema::Name read = name(table);
        result.definition =
            QStringLiteral("select %1 from %2")
                .arg(columns.join(QStringLiteral(", ")),
                     read.schema.isEmpty() ? sql::identifier(read.name)
                                           : sql::identifier(read.schema, read.name));
        if (view.variant % 2 == 1)
            result.definition += QStringLiteral(" where ';--''\"' <> 'x'");
        if (view.variant % 3 == 1 && !view.materialized)
            result.with << std::pair{QStringLiteral("securityBarrier"), QStringLiteral("true")};
        return result;
    }

    schema::Table tableOf(const Model::Table &table) const
    {
        schema::Table result{.name = name(table), .rowLevelSecurity = table.rowSecurity};
        for (const Model::Column &column : table.columns)
            result.columns << columnOf(table, column);
        if (table.key.size() > 1) {
            QStringList names = columnNames(table, table.key);
            const QString generated =
                (QStringList{table.name} + names + QStringList{QStringLiteral("pk")}).join(u'_');
            result.primaryKeys << schema::PrimaryKey{
                .name = generated.toUtf8().size() > 63 ? QStringLiteral("key_%1").arg(table.id)
                                                       : generated,
                .columns = names};
        }
        for (const Model::Part &part : table.parts)
            addPart(table, part, result);
        return result;
    }

    static QStringList columnNames(const Model::Table &table, const QList<int> &ids)
    {
        QStringList names;
        for (int id : ids)
            names << nameIn(table.columns, id);
        return names;
    }

    /// The name that Drizzle makes up, unless the server would cut it: two of one begin would meet.
    static QString partName(const Model::Part &part, const QStringList &words)
    {
        const QString generated = words.join(u'_');
        return part.ownName || generated.toUtf8().size() > 63 ? part.name : generated;
    }

    void addPart(const Model::Table &table, const Model::Part &part, schema::Table &result) const
    {
        const QStringList columns = columnNames(table, part.columns);
        const Model::Column &first = *table.column(part.columns.first());
        switch (part.kind) {
        case PartKind::Index:
            result.indexes << indexOf(table, part, columns);
            break;
        case PartKind::Unique:
            result.uniques << schema::Unique{
                .name = partName(part, QStringList{table.name} + columns +
                                           QStringList{QStringLiteral("unique")}),
                .columns = columns,
                .nullsNotDistinct = false};
            break;
        case PartKind::Check:
            result.checks << schema::Check{.name = part.name,
                                           .expression = conditionOver(table, first, part.variant)};
            break;
        case PartKind::Policy:
            result.policies << policyOf(table, part, first);
            break;
        case PartKind::ForeignKey:
            result.foreignKeys << foreignKeyOf(table, part, columns);
            break;
        }
    }

    static schema::Index indexOf(const Model::Table &table, const Model::Part &part,
                                 const QStringList &columns)
    {
        schema::Index index{.name = partName(part, QStringList{table.name} + columns +
                                                       QStringList{QStringLiteral("index")})};
        for (const QString &column : columns)
            index.columns << schema::IndexColumn{.expression = column};
        const Model::Column &first = *table.column(part.columns.first());
        if (part.variant % 4 == 1)
            index.columns.first().ascending = false;
        if (part.variant % 4 == 2)
            index.where = conditionOver(table, first, part.variant);
        if (part.variant % 4 == 3 && isText(first) && !first.generatedFrom)
            index.columns.first() = {
                .expression = QStringLiteral("lower(%1)").arg(sql::identifier(first.name)),
                .isExpression = true};
        return index;
    }

    schema::Policy policyOf(const Model::Table &table, const Model::Part &part,
                            const Model::Column &column) const
    {
        schema::Policy policy{
            .name = part.name,
            .roles = {part.role ? nameIn(m_model.roles, part.role) : QStringLiteral("public")}};
        if (part.variant % 3 != 1)
            policy.usingExpression = conditionOver(table, column, part.variant);
        if (part.variant % 3 != 2)
            policy.withCheck = conditionOver(table, column, part.variant + 1);
        return policy;
    }

    schema::ForeignKey foreignKeyOf(const Model::Table &table, const Model::Part &part,
                                    const QStringList &columns) const
    {
        const Model::Table &target = *m_model.table(part.target);
        const schema::Name targetName = name(target);
        const QStringList targetColumns = columnNames(target, target.key);
        return {
            .name = partName(part, QStringList{table.name} + columns + QStringList{target.name} +
                                       targetColumns + QStringList{QStringLiteral("fk")}),
            .columns = columns,
            .targetSchema = targetName.schema,
            .targetTable = targetName.name,
            .targetColumns = targetColumns,
            .onDelete = part.variant % 2 ? QStringLiteral("cascade") : QStringLiteral("no action")};
    }

    const Model &m_model;
};

} // namespace

schema::Database rendered(const Model &model)
{
    return Renderer(model).database();
}

} // namespace changes
