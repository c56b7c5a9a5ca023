// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/properties.h"

#include "diff/equal.h"
#include "diff/text.h"

#include <algorithm>

namespace diff
{

namespace
{
QString yesIf(bool value)
{
    return value ? Text::tr("yes") : QString();
}

/// The action of a foreign key; what happens without one is not said.
QString actionText(const QString &action)
{
    const QString upper = action.toUpper();
    return upper == QLatin1String("NO ACTION") ? QString() : upper;
}

Properties optionsOf(const schema::SequenceOptions &options)
{
    return {{QStringLiteral("INCREMENT"), options.increment},
            {QStringLiteral("START"), options.startWith},
            {QStringLiteral("MINVALUE"), options.minValue},
            {QStringLiteral("MAXVALUE"), options.maxValue},
            {QStringLiteral("CACHE"), options.cache},
            {QStringLiteral("CYCLE"), yesIf(options.cycle)}};
}

QString identityText(const std::optional<schema::Identity> &identity)
{
    if (!identity)
        return {};
    QStringList words{identity->kind == schema::Identity::Kind::Always
                          ? QStringLiteral("ALWAYS")
                          : QStringLiteral("BY DEFAULT")};
    for (const Property &option : optionsOf(identity->options)) {
        if (!option.value.isEmpty())
            words << option.name + u' ' + option.value;
    }
    return words.join(u' ');
}

QString generatedText(const std::optional<schema::Generated> &generated)
{
    if (!generated)
        return {};
    return generated->expression + (generated->stored ? QString() : QStringLiteral(" VIRTUAL"));
}

QString typeText(const schema::Column &column)
{
    const QString schema = plainSchema(column.typeSchema);
    return schema.isEmpty() ? column.type : schema + u'.' + column.type;
}

QString columnText(const schema::IndexColumn &column)
{
    QString text = column.expression;
    if (!column.operatorClass.isEmpty())
        text += u' ' + column.operatorClass;
    if (!column.ascending)
        text += QStringLiteral(" DESC");
    const QString usual = column.ascending ? QStringLiteral("last") : QStringLiteral("first");
    if (column.nulls.toLower() != usual && !column.nulls.isEmpty())
        text += QStringLiteral(" NULLS ") + column.nulls.toUpper();
    return text;
}

Properties withOptions(Properties properties, QList<std::pair<QString, QString>> options)
{
    std::ranges::sort(options);
    for (const auto &[name, value] : std::as_const(options))
        properties << Property{name, value.isEmpty() ? QStringLiteral("''") : value};
    return properties;
}
} // namespace

QString listText(const QStringList &names)
{
    return u'(' + names.join(QStringLiteral(", ")) + u')';
}

QString columnsText(const schema::Index &index)
{
    QStringList columns;
    for (const schema::IndexColumn &column : index.columns)
        columns << columnText(column);
    return listText(columns);
}

QString targetText(const schema::ForeignKey &key)
{
    const QString schema = plainSchema(key.targetSchema);
    return QStringLiteral("%1 → %2%3")
        .arg(listText(key.columns),
             schema.isEmpty() ? key.targetTable : schema + u'.' + key.targetTable,
             listText(key.targetColumns));
}

Properties propertiesOf(const schema::Column &column)
{
    return {
        {Text::tr("type"), typeText(column)},
        {Text::tr("null"), column.notNull ? QStringLiteral("NOT NULL") : QStringLiteral("NULL")},
        {Text::tr("default"), column.defaultValue ? column.defaultValue->text : QString()},
        {Text::tr("identity"), identityText(column.identity)},
        {Text::tr("generated"), generatedText(column.generated)}};
}

Properties propertiesOf(const schema::PrimaryKey &key)
{
    return {{Text::tr("primary key"), listText(key.columns)}};
}

Properties propertiesOf(const schema::Index &index)
{
    return withOptions({{Text::tr("columns"), columnsText(index)},
                        {QStringLiteral("UNIQUE"), yesIf(index.isUnique)},
                        {Text::tr("method"), index.method},
                        {QStringLiteral("WHERE"), index.where},
                        // How it is made is a part of what drizzle-kit records of it.
                        {QStringLiteral("CONCURRENTLY"), yesIf(index.concurrently)}},
                       index.with);
}

Properties propertiesOf(const schema::ForeignKey &key)
{
    return {{Text::tr("columns"), targetText(key)},
            {QStringLiteral("ON DELETE"), actionText(key.onDelete)},
            {QStringLiteral("ON UPDATE"), actionText(key.onUpdate)}};
}

Properties propertiesOf(const schema::Unique &unique)
{
    return {{Text::tr("columns"), listText(unique.columns)},
            {QStringLiteral("NULLS NOT DISTINCT"), yesIf(unique.nullsNotDistinct)}};
}

Properties propertiesOf(const schema::Check &check)
{
    return {{Text::tr("condition"), check.expression}};
}

Properties propertiesOf(const schema::Policy &policy)
{
    return {{Text::tr("command"), policy.command.toUpper()},
            {Text::tr("kind"), policy.as.toUpper()},
            {Text::tr("roles"), policy.roles.join(QStringLiteral(", "))},
            {QStringLiteral("USING"), policy.usingExpression.value_or(QString())},
            {QStringLiteral("WITH CHECK"), policy.withCheck.value_or(QString())}};
}

Properties propertiesOf(const schema::Enum &type)
{
    return {{Text::tr("values"), type.values.join(QStringLiteral(", "))}};
}

Properties propertiesOf(const schema::View &view)
{
    return withOptions({{Text::tr("definition"), view.definition.simplified()},
                        {Text::tr("materialized"), yesIf(view.materialized)},
                        {QStringLiteral("USING"), view.accessMethod},
                        {QStringLiteral("TABLESPACE"), view.tablespace}},
                       view.with);
}

Properties propertiesOf(const schema::Sequence &sequence)
{
    return optionsOf(sequence.options);
}

Properties propertiesOf(const schema::Role &role)
{
    const auto word = [](bool may) { return may ? Text::tr("yes") : Text::tr("no"); };
    return {{QStringLiteral("CREATEDB"), word(role.createDb)},
            {QStringLiteral("CREATEROLE"), word(role.createRole)},
            {QStringLiteral("INHERIT"), word(role.inherit)}};
}

QList<Alteration> alterations(const Properties &before, const Properties &after)
{
    QList<Alteration> found;
    const auto valueIn = [](const Properties &properties, const QString &name) {
        const auto it = std::ranges::find(properties, name, &Property::name);
        return it == properties.end() ? QString() : it->value;
    };
    for (const Property &property : after) {
        const QString old = valueIn(before, property.name);
        if (old != property.value)
            found << Alteration{property.name, old, property.value};
    }
    for (const Property &property : before) {
        const bool isGone = std::ranges::find(after, property.name, &Property::name) == after.end();
        if (isGone && !property.value.isEmpty())
            found << Alteration{property.name, property.value, {}};
    }
    return found;
}

} // namespace diff
