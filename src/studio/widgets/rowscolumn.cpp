// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowscolumn.h"

#include <algorithm>

namespace studio
{

namespace
{
/// numeric(12, 2) → numeric; text[] stays what it is.
QString withoutModifier(const QString &type)
{
    const qsizetype open = type.indexOf(QLatin1Char('('));
    const qsizetype close = type.indexOf(QLatin1Char(')'), open);
    if (open < 0 || close < open)
        return type;
    return type.left(open).trimmed() + type.mid(close + 1);
}
} // namespace

QString labelKey(const QStringList &values)
{
    return values.join(QChar(0x1F));
}

QString shortType(const QString &type)
{
    static const QHash<QString, QString> shorter{
        {QStringLiteral("character varying"), QStringLiteral("varchar")},
        {QStringLiteral("character"), QStringLiteral("char")},
        {QStringLiteral("timestamp with time zone"), QStringLiteral("timestamptz")},
        {QStringLiteral("timestamp without time zone"), QStringLiteral("timestamp")},
        {QStringLiteral("time with time zone"), QStringLiteral("timetz")},
        {QStringLiteral("time without time zone"), QStringLiteral("time")},
        {QStringLiteral("double precision"), QStringLiteral("float8")},
    };
    QString bare = withoutModifier(type);
    QString array;
    while (bare.endsWith(QStringLiteral("[]"))) {
        bare.chop(2);
        array += QStringLiteral("[]");
    }
    return shorter.value(bare, bare) + array;
}

rows::TypeClass typeClassOf(const QString &type)
{
    using enum rows::TypeClass;
    static const QHash<QString, rows::TypeClass> classes{
        {QStringLiteral("boolean"), Boolean},    {QStringLiteral("bool"), Boolean},
        {QStringLiteral("bytea"), Binary},       {QStringLiteral("smallint"), Number},
        {QStringLiteral("integer"), Number},     {QStringLiteral("bigint"), Number},
        {QStringLiteral("int2"), Number},        {QStringLiteral("int4"), Number},
        {QStringLiteral("int8"), Number},        {QStringLiteral("serial"), Number},
        {QStringLiteral("smallserial"), Number}, {QStringLiteral("bigserial"), Number},
        {QStringLiteral("numeric"), Number},     {QStringLiteral("decimal"), Number},
        {QStringLiteral("real"), Number},        {QStringLiteral("float4"), Number},
        {QStringLiteral("float8"), Number},      {QStringLiteral("money"), Number},
        {QStringLiteral("json"), Json},          {QStringLiteral("jsonb"), Json},
        {QStringLiteral("date"), Time},          {QStringLiteral("time"), Time},
        {QStringLiteral("timetz"), Time},        {QStringLiteral("timestamp"), Time},
        {QStringLiteral("timestamptz"), Time},   {QStringLiteral("uuid"), Uuid},
        {QStringLiteral("oid"), Number},
    };
    return classes.value(shortType(type.toLower()), Text);
}

std::optional<rows::TypeClass> elementClassOf(const QString &type)
{
    QString element = type;
    while (element.endsWith(QLatin1String("[]")))
        element.chop(2);
    if (element.size() == type.size() || element == QLatin1String("box"))
        return std::nullopt;
    return typeClassOf(element);
}

QList<RowsColumn> describe(const schema::Table &table, const QString &alias,
                           const schema::Database &database, const QString &tenantColumn)
{
    const QStringList key = table.keyColumns();
    QList<RowsColumn> described;
    for (const schema::Column &column : table.columns) {
        RowsColumn shown{
            .name = column.name,
            .typeText = shortType(column.type),
            .typeClass = typeClassOf(column.type),
            .elements = elementClassOf(column.type),
            .source = {.alias = alias, .column = column.name},
            .primaryKey = key.contains(column.name),
            .nullable = !column.notNull && !key.contains(column.name),
            .tenant = !tenantColumn.isEmpty() && column.name == tenantColumn,
        };
        if (!column.typeSchema.isEmpty()) {
            const bool isPublic = column.typeSchema == QStringLiteral("public");
            const schema::Name name{.schema = isPublic ? QString() : column.typeSchema,
                                    .name = column.type};
            if (const schema::Enum *type = database.enumType(name)) {
                shown.choices = type->values;
                shown.typeText = QStringLiteral("enum");
            }
        }
        described.append(shown);
    }
    return described;
}

QList<RowsColumn> describeResult(const QList<rows::ResultColumn> &result,
                                 const QList<RowsColumn> &known)
{
    QList<RowsColumn> described;
    for (qsizetype i = 0; i < result.size(); ++i) {
        const rows::ResultColumn &column = result.at(i);
        const auto same = [&](const RowsColumn &candidate) {
            return candidate.name == column.name;
        };
        auto found = known.cend();
        if (i < known.size() && same(known.at(i)))
            found = known.cbegin() + i;
        else if (known.size() != result.size())
            found = std::find_if(known.cbegin(), known.cend(), same);
        if (found != known.cend()) {
            described.append(*found);
            continue;
        }
        described.append({.name = column.name,
                          .typeClass = rows::typeClass(column.typeOid),
                          .elements = rows::elementClass(column.typeOid)});
    }
    return described;
}

int initialWidth(const RowsColumn &column)
{
    const auto title = static_cast<int>(
        column.name.size() * 8 + std::max(column.typeText.size(), column.origin.size()) * 6 + 44);
    int content = 150;
    switch (column.typeClass) {
    case rows::TypeClass::Boolean:
        content = 76;
        break;
    case rows::TypeClass::Number:
        content = 104;
        break;
    case rows::TypeClass::Uuid:
        content = 124;
        break;
    case rows::TypeClass::Time:
        content = column.typeText == QStringLiteral("timestamptz") ? 232
                  : column.typeText == QStringLiteral("timestamp") ? 210
                                                                   : 120;
        break;
    case rows::TypeClass::Json:
        content = 220;
        break;
    case rows::TypeClass::Binary:
        content = 140;
        break;
    case rows::TypeClass::Text:
        content = !column.choices.isEmpty()                       ? 96
                  : column.typeText == QStringLiteral("text")     ? 210
                  : column.name.contains(QStringLiteral("email")) ? 190
                                                                  : 150;
        break;
    }
    return std::clamp(std::max(title, content), 64, 320);
}

} // namespace studio
