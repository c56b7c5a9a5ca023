// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/equal.h"

#include <algorithm>

namespace diff
{

namespace
{
/// drizzle-kit itself writes both "timestamp (3)" and "timestamp(3)".
QString plainType(const QString &type)
{
    QString plain = type.simplified();
    plain.replace(QStringLiteral(" ("), QStringLiteral("("));
    plain.replace(QStringLiteral(", "), QStringLiteral(","));
    return plain;
}

QString withoutQuotes(const QString &value)
{
    const bool quoted = value.size() >= 2 && value.startsWith(u'\'') && value.endsWith(u'\'');
    return quoted ? value.mid(1, value.size() - 2) : value;
}
} // namespace

QString plainSchema(const QString &schema)
{
    return schema == QLatin1String("public") ? QString() : schema;
}

bool sameType(const schema::Column &left, const schema::Column &right)
{
    const bool sameText = left.type == right.type;
    return (sameText || plainType(left.type) == plainType(right.type)) &&
           plainSchema(left.typeSchema) == plainSchema(right.typeSchema);
}

bool sameDefinition(const schema::Index &left, const schema::Index &right)
{
    const auto plain = [](schema::Index index) {
        for (auto &[name, value] : index.with)
            value = withoutQuotes(value);
        return index;
    };
    return plain(left) == plain(right);
}

bool sameDefinition(const schema::ForeignKey &left, const schema::ForeignKey &right)
{
    const auto plain = [](schema::ForeignKey key) {
        key.targetSchema = plainSchema(key.targetSchema);
        key.onDelete = key.onDelete.toLower();
        key.onUpdate = key.onUpdate.toLower();
        return key;
    };
    return plain(left) == plain(right);
}

bool sameDefinition(const schema::Policy &left, const schema::Policy &right)
{
    return left.name == right.name && left.as == right.as && left.command == right.command &&
           left.roles == right.roles && left.usingExpression == right.usingExpression &&
           left.withCheck == right.withCheck;
}

bool sameDefinition(const schema::View &left, const schema::View &right)
{
    const auto columns = [](const schema::View &view) {
        QStringList names;
        for (const schema::Column &column : view.columns)
            names << column.name;
        names.sort();
        return names;
    };
    const auto options = [](const schema::View &view) {
        auto with = view.with;
        for (auto &[name, value] : with)
            value = withoutQuotes(value);
        std::ranges::sort(with);
        return with;
    };
    return left.name == right.name && left.materialized == right.materialized &&
           left.definition == right.definition && left.accessMethod == right.accessMethod &&
           left.tablespace == right.tablespace && columns(left) == columns(right) &&
           options(left) == options(right);
}

bool sameIdentity(const std::optional<schema::Identity> &left,
                  const std::optional<schema::Identity> &right)
{
    if (!left || !right)
        return left.has_value() == right.has_value();
    return left->kind == right->kind && left->sequenceName == right->sequenceName &&
           left->options == right->options &&
           plainSchema(left->sequenceSchema) == plainSchema(right->sequenceSchema);
}

bool sameColumn(const schema::Column &left, const schema::Column &right)
{
    return sameType(left, right) && left.notNull == right.notNull &&
           left.defaultValue == right.defaultValue && left.generated == right.generated &&
           sameIdentity(left.identity, right.identity);
}

bool hasRowLevelSecurity(const schema::Table &table)
{
    return table.rowLevelSecurity || (!table.policies.isEmpty() && !table.policiesInactive);
}

bool isLedger(const schema::Name &table)
{
    return table.name == QLatin1String("__drizzle_migrations");
}

bool isLedgerSchema(const QString &name, const schema::Database &database)
{
    if (name != QLatin1String("drizzle"))
        return false;
    const auto inside = [&name](const auto &entry) { return entry.name.schema == name; };
    return std::ranges::none_of(database.tables,
                                [&](const schema::Table &table) {
                                    return inside(table) && !isLedger(table.name);
                                }) &&
           std::ranges::none_of(database.enums, inside) &&
           std::ranges::none_of(database.views, inside);
}

} // namespace diff
