// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/equal.h"
#include "diff/names.h"
#include "diff/renaming.h"
#include "migrate/columntype.h"
#include "migrate/dependants.h"
#include "migrate/hazards.h"
#include "migrate/objectorder.h"
#include "migrate/objectstatements.h"
#include "migrate/pairs.h"
#include "migrate/planner.h"
#include "migrate/statements.h"
#include "migrate/text.h"

#include <algorithm>

namespace migrate
{

namespace
{
/// Relations that come and go with a table: indexes of keys, sequences.
QStringList namesAlong(const schema::Table &table)
{
    QStringList keys;
    const auto relation = [&](const QString &name) {
        keys << relationKey({table.name.schema, name});
    };
    for (const schema::Unique &unique : table.uniques)
        relation(unique.name);
    for (const schema::PrimaryKey &key : table.primaryKeys)
        relation(key.name);
    for (const schema::Column &column : table.columns) {
        if (column.primaryKey)
            relation(diff::generatedName(table.name.name, {}, QStringLiteral("pkey")));
        if (diff::isSerial(column.type))
            relation(diff::generatedName(table.name.name, column.name, QStringLiteral("seq")));
        if (column.identity)
            relation(column.identity->sequenceName);
    }
    return keys;
}

/// Those of them that a rename may have given their names before the table goes.
QList<schema::ObjectId> objectsAlong(const schema::Table &table)
{
    QList<schema::ObjectId> ids;
    for (const schema::Unique &unique : table.uniques)
        ids << constraintId(table.name, unique.name);
    for (const schema::PrimaryKey &key : table.primaryKeys)
        ids << constraintId(table.name, key.name);
    if (table.primaryKeys.isEmpty() && !table.keyColumns().isEmpty())
        ids << constraintId(table.name,
                            diff::generatedName(table.name.name, {}, QStringLiteral("pkey")));
    for (const schema::Column &column : table.columns) {
        if (diff::isSerial(column.type))
            ids << sequenceId({table.name.schema, diff::generatedName(table.name.name, column.name,
                                                                      QStringLiteral("seq"))});
    }
    return ids;
}

QList<schema::ObjectId> enumsOf(const schema::Table &table, const schema::Database &database)
{
    QList<schema::ObjectId> ids;
    for (const schema::Column &column : table.columns) {
        if (isEnum(column, database))
            ids << enumId(enumName(column));
    }
    return ids;
}

/// Objects of others that DROP TABLE … CASCADE would take along.
void refuseStrangers(Planner &planner, const schema::Name &table)
{
    if (!planner.live())
        return;
    QStringList names;
    const schema::ObjectId id = planner.liveId(tableId(table));
    const QList<schema::Dependant> users = usersOf(*planner.live(), id);
    for (const schema::Dependant &user : users) {
        const bool own = user.tie != schema::Dependant::Tie::Normal || user.id.name == id.name;
        if (!own && !isDeclared(planner, user.id))
            names << user.id.name.qualified();
    }
    names.removeDuplicates();
    if (!names.isEmpty())
        planner.refuse(base::Error{
            .kind = base::ErrorKind::Refused,
            .text = Text::tr("Something that is not part of the schema needs a table that goes"),
            .where = table.qualified(),
            .detail = names.join(QStringLiteral(", ")),
            .hint = Text::tr("drop or change it in a custom migration first")});
}

QList<Hazard> advice(const schema::Table &table)
{
    QList<Hazard> found;
    for (const schema::Column &column : table.columns) {
        const QString text = typeAdvice(column);
        if (!text.isEmpty())
            found << hazards::of(Rule::TypeAdvice, text);
        if (column.primaryKey && (typeParts(column.type).base == QLatin1String("integer") ||
                                  column.type == QLatin1String("serial")))
            found << hazards::of(Rule::SmallKey);
    }
    return found;
}
/// The uniques that PostgreSQL would silently merge, inside one CREATE TABLE, with the primary key
/// or with another unique over the same columns (transformIndexConstraints() in its parser).
QList<schema::Unique> repeatedUniques(const schema::Table &table)
{
    QList<schema::Unique> kept, repeated;
    for (const schema::Unique &unique : inObjectOrder(table.uniques)) {
        const bool isAgain = std::ranges::any_of(kept, [&](const schema::Unique &other) {
            return other.columns == unique.columns &&
                   other.nullsNotDistinct == unique.nullsNotDistinct;
        });
        const bool isKey = !unique.nullsNotDistinct && unique.columns == table.keyColumns();
        (isAgain || isKey ? repeated : kept) << unique;
    }
    return repeated;
}

schema::Table without(schema::Table table, const QList<schema::Unique> &uniques)
{
    table.uniques.removeIf([&](const schema::Unique &unique) { return uniques.contains(unique); });
    return table;
}
} // namespace

void plan(Planner &planner, const diff::AddTable &change)
{
    const QList<schema::Unique> repeated = repeatedUniques(change.table);
    const schema::Table table = without(change.table, repeated);
    schema::Table bare = table;
    bare.foreignKeys.clear();
    bare.indexes.clear();
    bare.policies.clear();
    Node node = planner.node(Stage::Tables, createTable(table));
    node.creates << tableId(table.name);
    node.takes << namesAlong(table);
    node.uses << schemaId(table.name.schema) << enumsOf(table, planner.to());
    node.applies << diff::AddTable{bare};
    node.line.endsLine = true;
    node.line.hazards << advice(table);
    node.line.reverse << ReverseStatement{dropTable(table.name)};
    const int made = planner.add(node);

    if (diff::hasRowLevelSecurity(table)) {
        Node secure = planner.node(Stage::Tables, enableRowLevelSecurity(table.name));
        secure.uses << tableId(table.name);
        secure.after << made;
        secure.line.reverse << ReverseStatement{disableRowLevelSecurity(table.name)};
        planner.add(secure);
    }
    for (const schema::Unique &unique : repeated)
        planner.at(makeUnique(planner, table.name, unique)).applies
            << diff::AddUnique{table.name, unique};
    for (const schema::ForeignKey &key : inObjectOrder(table.foreignKeys))
        planner.at(makeForeignKey(planner, table.name, key)).applies
            << diff::AddForeignKey{table.name, key};
    for (const schema::Index &index : inObjectOrder(table.indexes))
        planner.at(makeIndex(planner, table.name, index)).applies
            << diff::AddIndex{table.name, index};
    for (const schema::Policy &policy : inObjectOrder(table.policies))
        planner.at(makePolicy(planner, table.name, policy)).applies
            << diff::AddPolicy{table.name, policy};
}

void plan(Planner &planner, const diff::DropTable &change)
{
    const schema::Table &table = change.table;
    refuseStrangers(planner, table.name);
    QList<int> policies;
    for (const schema::Policy &policy : inObjectOrder(table.policies)) {
        const int dropped = dropPolicy(planner, table.name, policy);
        planner.at(dropped).stage = Stage::TableDrops;
        policies << dropped;
    }
    Node node = planner.node(Stage::TableDrops, dropTable(table.name));
    node.after << policies;
    node.frees << tableId(table.name) << objectsAlong(table);
    for (const schema::Column &column : table.columns)
        node.frees << columnId(table.name, column.name);
    for (const schema::Index &index : table.indexes)
        node.gives << relationKey({table.name.schema, index.name});
    node.gives << namesAlong(table);
    node.releases << schemaId(table.name.schema) << enumsOf(table, planner.from());
    node.applies << change;
    Effect effect = planner.on(table.name, Lock::AccessExclusive);
    for (const schema::ForeignKey &key : table.foreignKeys)
        planner.lock(effect, diff::targetOf(key), Lock::AccessExclusive);
    effect.loss = hazards::of(Rule::DropTable).text;
    node.line.effect = effect;
    const QList<schema::Unique> repeated = repeatedUniques(table);
    node.line.reverse << ReverseStatement{createTable(without(table, repeated)),
                                          Text::tr("the table comes back empty")};
    for (const schema::Unique &unique : repeated)
        node.line.reverse << ReverseStatement{addUnique(table.name, unique)};
    if (diff::hasRowLevelSecurity(table))
        node.line.reverse << ReverseStatement{enableRowLevelSecurity(table.name)};
    for (const schema::Index &index : table.indexes)
        node.line.reverse << ReverseStatement{createIndex(table.name, index, false)};
    planner.add(node); // its foreign keys: completeWayBack()
}

} // namespace migrate
