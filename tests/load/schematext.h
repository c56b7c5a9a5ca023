// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

/// A schema as lines of text, for tests to compare.
namespace testsupport
{

inline QString printed(const schema::Column &column)
{
    QString text = column.name + u' ' + column.type;
    if (!column.typeSchema.isEmpty())
        text += QStringLiteral(" of ") + column.typeSchema;
    if (column.primaryKey)
        text += QStringLiteral(" key");
    if (column.notNull)
        text += QStringLiteral(" not null");
    if (column.defaultValue)
        text += QStringLiteral(" = ") + column.defaultValue->text;
    if (column.generated)
        text += QStringLiteral(" as ") + column.generated->expression;
    if (column.identity)
        text += QStringLiteral(" identity ") + column.identity->sequenceName;
    if (column.filledByCode.onInsert)
        text += QStringLiteral(" filled");
    if (column.filledByCode.onUpdate)
        text += QStringLiteral(" updated");
    return text;
}

inline QString printed(const schema::Index &index)
{
    QStringList columns;
    for (const schema::IndexColumn &column : index.columns)
        columns.append(column.expression +
                       (column.ascending ? QString() : QStringLiteral(" desc")) +
                       (column.nulls == u"first" ? QStringLiteral(" first") : QString()));
    return (index.isUnique ? QStringLiteral("unique ") : QString()) + index.name + u' ' +
           index.method + u'(' + columns.join(u',') + u')' +
           (index.where.isEmpty() ? QString() : QStringLiteral(" where ") + index.where);
}

inline QString printed(const schema::ForeignKey &key)
{
    return key.name + u' ' + key.columns.join(u',') + u'>' + key.targetSchema + u'.' +
           key.targetTable + u'.' + key.targetColumns.join(u',') + u' ' + key.onDelete;
}

inline QString printed(const schema::Relation &relation)
{
    const auto side = [](const schema::Name &table, const QStringList &columns) {
        return table.name + u'(' + columns.join(u',') + u')';
    };
    QString text = relation.kind == schema::Relation::Kind::One ? QStringLiteral("one ")
                                                                : QStringLiteral("many ");
    text += relation.name + u' ' + side(relation.table, relation.columns) + u'>' +
            side(relation.target, relation.targetColumns);
    if (relation.through)
        text += QStringLiteral(" through ") +
                side(relation.through->table, relation.through->columns) + u'(' +
                relation.through->targetColumns.join(u',') + u')';
    return text;
}

/// Everything but places: a line for each part, those of a table indented.
inline QString printed(const schema::Database &database)
{
    QStringList lines;
    for (const schema::Table &table : database.tables) {
        lines.append(table.name.qualified() +
                     (table.rowLevelSecurity ? QStringLiteral(" rls") : QString()));
        const auto add = [&](const QString &line) { lines.append(QStringLiteral("  ") + line); };
        for (const schema::Column &column : table.columns)
            add(printed(column));
        for (const schema::Index &index : table.indexes)
            add(QStringLiteral("index ") + printed(index));
        for (const schema::ForeignKey &key : table.foreignKeys)
            add(QStringLiteral("fk ") + printed(key));
        for (const schema::PrimaryKey &key : table.primaryKeys)
            add(QStringLiteral("pk ") + key.name + u' ' + key.columns.join(u','));
        for (const schema::Unique &unique : table.uniques)
            add(QStringLiteral("unique ") + unique.name + u' ' + unique.columns.join(u',') +
                (unique.nullsNotDistinct ? QStringLiteral(" not distinct") : QString()));
        for (const schema::Check &check : table.checks)
            add(QStringLiteral("check ") + check.name + u' ' + check.expression);
        for (const schema::Policy &policy : table.policies)
            add(QStringLiteral("policy ") + policy.name + u' ' + policy.command);
    }
    for (const schema::Enum &type : database.enums)
        lines.append(QStringLiteral("enum ") + type.name.qualified() + u' ' +
                     type.values.join(u'|'));
    for (const schema::Sequence &sequence : database.sequences)
        lines.append(QStringLiteral("sequence ") + sequence.name.qualified() + u' ' +
                     sequence.options.startWith);
    for (const schema::Role &role : database.roles)
        lines.append(QStringLiteral("role ") + role.name);
    for (const schema::View &view : database.views)
        lines.append(QStringLiteral("view ") + view.name.qualified() + u' ' + view.definition);
    for (const schema::Relation &relation : database.relations)
        lines.append(printed(relation));
    return lines.join(u'\n');
}

} // namespace testsupport
