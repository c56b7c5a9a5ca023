// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/names.h"
#include "diff/renaming.h"
#include "migrate/alteration.h"
#include "migrate/columntype.h"
#include "migrate/dependants.h"
#include "migrate/hazards.h"
#include "migrate/mentions.h"
#include "migrate/pairs.h"
#include "migrate/planner.h"
#include "migrate/safe.h"
#include "migrate/statements.h"
#include "migrate/text.h"

#include <algorithm>

namespace migrate
{

namespace
{
constexpr int setExpressionVersion = 170'000;

/// What the column needs of others: its enum, the columns of its expression.
void needs(const Planner &planner, Node &node, const schema::Name &table,
           const schema::Column &column)
{
    node.uses << tableId(table);
    if (isEnum(column, planner.to()))
        node.uses << enumId(enumName(column));
    if (column.generated)
        usesOf(planner, node, column.generated->expression, table);
    if (column.primaryKey) {
        node.creates << keyId(table, {column.name});
        node.takes << relationKey(
            {table.schema, diff::generatedName(table.name, {}, QStringLiteral("pkey"))});
    }
    if (diff::isSerial(column.type))
        node.takes << relationKey(
            {table.schema, diff::generatedName(table.name, column.name, QStringLiteral("seq"))});
    if (column.identity)
        node.takes << relationKey({table.schema, column.identity->sequenceName});
}

void letsGo(const Planner &planner, Node &node, const schema::Name &table,
            const schema::Column &column)
{
    node.uses << tableId(table);
    if (isEnum(column, planner.from()))
        node.releases << enumId(enumName(column));
    if (column.generated)
        lettingGo(planner, node, column.generated->expression, table);
    if (diff::isSerial(column.type))
        node.frees << sequenceId(
            {table.schema, diff::generatedName(table.name, column.name, QStringLiteral("seq"))});
    if (column.identity)
        node.gives << relationKey({table.schema, column.identity->sequenceName});
    if (column.primaryKey) {
        const QString key = diff::generatedName(table.name, {}, QStringLiteral("pkey"));
        node.frees << keyId(table, {column.name}) << constraintId(table, key);
        node.gives << relationKey({table.schema, key});
    }
}

QList<Hazard> additionHazards(const schema::Column &column)
{
    QList<Hazard> found;
    const bool fills = hazards::fillsRows(column);
    if (fills)
        found << hazards::of(Rule::FilledColumn);
    if (column.notNull && !column.defaultValue && !fills)
        found << hazards::of(Rule::NotNullWithoutDefault);
    const QString advice = typeAdvice(column);
    if (!advice.isEmpty())
        found << hazards::of(Rule::TypeAdvice, advice);
    return found;
}

Work additionWork(const schema::Column &column)
{
    if (hazards::fillsRows(column))
        return Work::Rewrite;
    return column.primaryKey ? Work::IndexBuild : Work::None;
}

int addColumnNode(Planner &planner, Stage stage, const schema::Name &table,
                  const schema::Column &column)
{
    Node node = planner.node(stage, addColumn(table, column));
    node.creates << columnId(table, column.name);
    needs(planner, node, table, column);
    node.line.effect = planner.on(table, Lock::AccessExclusive, additionWork(column));
    if (planner.existed(table))
        node.line.hazards << additionHazards(column);
    node.line.rowTest = RowTest::Values;
    node.line.reverse << ReverseStatement{dropColumn(table, column.name)};
    return planner.add(node);
}

template <typename Change> bool changesKey(const Planner &planner, const schema::Name &table)
{
    return std::ranges::any_of(planner.difference().changes, [&](const diff::Change &change) {
        const auto *key = std::get_if<Change>(&change);
        return key && key->table == table;
    });
}

/// Views that name no column and so read all of \a table: they read one less and stay the same.
QList<schema::ObjectId> viewsThatStay(const Planner &planner, const schema::Name &table,
                                      const QString &column)
{
    QList<schema::ObjectId> ids;
    for (const schema::View &view : planner.from().views) {
        const auto after = std::ranges::find(planner.to().views, view.name, &schema::View::name);
        const bool stays = after != planner.to().views.end() && !after->existing &&
                           after->definition == view.definition &&
                           after->materialized == view.materialized;
        if (stays && !view.existing && readingOf(view.definition).readsColumn(table, column))
            ids << viewId(view);
    }
    return ids;
}

/// A column that comes back cannot be NOT NULL: nothing is in it.
ReverseStatement columnAgain(const Planner &planner, const schema::Name &table,
                             schema::Column column)
{
    // A key that is dropped as such comes back as such.
    column.primaryKey = column.primaryKey && !changesKey<diff::DropPrimaryKey>(planner, table);
    const bool filled = hazards::fillsRows(column) || column.defaultValue;
    const bool computed = column.generated || column.identity;
    QString loss = computed ? QString() : Text::tr("the column comes back empty");
    if (column.notNull && !filled) {
        column.notNull = false;
        loss = Text::tr("the column comes back empty and without NOT NULL");
    }
    return {addColumn(table, column), loss};
}

/// Whether a generated column gets a type that needs USING, there or back: it takes none.
bool needsAnotherColumn(const Planner &planner, const diff::AlterColumn &change)
{
    const schema::Column &before = change.before;
    const schema::Column &after = change.after;
    const bool typed = before.type != after.type || before.typeSchema != after.typeSchema;
    return typed && before.generated && after.generated &&
           (isEnum(before, planner.from()) || isEnum(after, planner.to()) ||
            needsUsing(before.type, after.type) || needsUsing(after.type, before.type));
}

bool setsExpression(const Planner &planner, const diff::AlterColumn &change)
{
    return planner.options().serverVersion >= setExpressionVersion && change.before.generated &&
           change.after.generated && change.before.generated->stored &&
           change.after.generated->stored;
}

void setExpression(Planner &planner, const diff::AlterColumn &change)
{
    const auto statement = [&](const schema::Column &column) {
        return alterColumn(change.table, column.name,
                           QStringLiteral("SET EXPRESSION AS (") +
                               closed(column.generated->expression) + u')');
    };
    Node node = planner.node(Stage::Alterations, statement(change.after));
    needs(planner, node, change.table, change.after);
    node.uses << columnId(change.table, change.after.name);
    lettingGo(planner, node, change.before.generated->expression, change.table);
    node.applies << change;
    node.line.effect = planner.on(change.table, Lock::AccessExclusive, Work::Rewrite);
    node.line.hazards << hazards::of(Rule::FilledColumn);
    node.line.reverse << ReverseStatement{statement(change.before)};
    planner.add(node);
}
} // namespace

Pair remakeColumn(Planner &planner, const schema::Name &table, const schema::Column &before,
                  const schema::Column &after)
{
    // drizzle-kit's own wording for a generated column that changes.
    Node drop = planner.node(Stage::Alterations, alterTable(table, QStringLiteral("drop column ") +
                                                                       columnList({before.name})));
    letsGo(planner, drop, table, before);
    drop.ends << columnId(table, before.name);
    drop.gives << nameKeys(columnId(table, before.name));
    drop.line.effect = planner.on(table, Lock::AccessExclusive);
    drop.line.reverse << columnAgain(planner, table, before);
    if (!before.generated)
        drop.line.effect.loss = hazards::of(Rule::DropColumn).text;
    const int dropped = planner.add(drop);
    planner.registerDrop(columnId(table, before.name), dropped);
    const int made = addColumnNode(planner, Stage::Alterations, table, after);
    planner.at(made).after << dropped;
    planner.registerMaker(columnId(table, after.name), made);
    QList<schema::ObjectId> disturbed =
        dependantsOfColumn(planner, table, before.name, Reach::Column);
    planner.clear(dropped, disturbed);
    restore(planner, columnId(table, after.name), made);
    return {dropped, made};
}

void plan(Planner &planner, const diff::AddColumn &change)
{
    // A key that follows another one is a change of its own.
    schema::Column column = change.column;
    column.primaryKey =
        column.primaryKey && !changesKey<diff::AddPrimaryKey>(planner, change.table);
    const int made = addColumnNode(planner, Stage::ColumnAdditions, change.table, column);
    planner.at(made).applies << change;
}

void plan(Planner &planner, const diff::DropColumn &change)
{
    const schema::Column &column = change.column;
    Node node = planner.node(Stage::ColumnDrops, dropColumn(change.table, column.name));
    letsGo(planner, node, change.table, column);
    node.frees << columnId(change.table, column.name);
    node.applies << change;
    node.line.effect = planner.on(change.table, Lock::AccessExclusive);
    node.line.effect.loss = hazards::of(Rule::DropColumn).text;
    node.line.reverse << columnAgain(planner, change.table, column);
    const int dropped = planner.add(node);
    planner.registerDrop(columnId(change.table, column.name), dropped);
    const QList<schema::ObjectId> strangers =
        strangersOn(planner, columnId(change.table, column.name));
    QStringList names;
    for (const schema::ObjectId &id : strangers)
        names << (id.part.isEmpty() ? id.name.qualified() : id.part);
    if (!names.isEmpty())
        planner.refuse(base::Error{
            .kind = base::ErrorKind::Refused,
            .text = Text::tr("Something that is not part of the schema needs a column that goes"),
            .where = change.table.qualified() + u'.' + column.name,
            .detail = names.join(QStringLiteral(", ")),
            .hint = Text::tr("drop or change it in a custom migration first")});
    if (column.primaryKey)
        planner.clear(dropped, keysTo(planner, change.table, {column.name}));
    planner.clear(dropped, viewsThatStay(planner, change.table, column.name));
}

void plan(Planner &planner, const diff::AlterColumn &change)
{
    if (change.after.generated && (change.before.generated != change.after.generated ||
                                   needsAnotherColumn(planner, change))) {
        if (setsExpression(planner, change) && !needsAnotherColumn(planner, change)) {
            setExpression(planner, change);
            diff::AlterColumn rest = change;
            rest.before.generated = rest.after.generated;
            alterColumn(planner, rest);
            return;
        }
        const Pair pair = remakeColumn(planner, change.table, change.before, change.after);
        planner.at(pair.make).applies << change;
        return;
    }
    if (planner.options().safe && changeTypeBeside(planner, change))
        return;
    alterColumn(planner, change);
}

} // namespace migrate
