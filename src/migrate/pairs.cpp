// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/pairs.h"

#include "diff/equal.h"
#include "diff/renaming.h"
#include "migrate/columntype.h"
#include "migrate/dependants.h"
#include "migrate/hazards.h"
#include "migrate/liveparts.h"
#include "migrate/text.h"

#include <algorithm>
#include <array>

namespace migrate
{

using base::Error; // lupdate takes base:: before a function's name for the context of its texts
using schema::ObjectId;
using schema::ObjectKind;

namespace
{
template <typename Part>
const Part *partOf(const schema::Database &database, const schema::Name &table,
                   QList<Part> schema::Table::*parts, const QString &name)
{
    const schema::Table *found = database.table(table);
    if (!found)
        return nullptr;
    const auto it = std::ranges::find(found->*parts, name, &Part::name);
    return it == (found->*parts).end() ? nullptr : &*it;
}

const schema::View *viewOf(const schema::Database &database, const schema::Name &name)
{
    const auto it = std::ranges::find(database.views, name, &schema::View::name);
    return it == database.views.end() || it->existing ? nullptr : &*it;
}

/// Drops the old and makes the new one, where there are such.
template <typename Part>
std::optional<Pair> pairOfPart(Planner &planner, const ObjectId &id, const QString &name,
                               QList<Part> schema::Table::*parts,
                               int (*drop)(Planner &, const schema::Name &, const Part &),
                               int (*make)(Planner &, const schema::Name &, const Part &))
{
    const Part *before = partOf(planner.from(), id.name, parts, name);
    if (!before)
        return std::nullopt;
    Pair pair{.drop = drop(planner, id.name, *before)};
    if (const Part *after = partOf(planner.to(), id.name, parts, name))
        pair.make = make(planner, id.name, *after);
    keepLiveTraits(planner, pair, id.name, *before);
    return pair;
}

std::optional<Pair> pairOfIndex(Planner &planner, const ObjectId &id)
{
    for (const schema::Table &table : planner.from().tables) {
        if (table.name.schema != id.name.schema)
            continue;
        ObjectId inTable = id;
        inTable.name = table.name;
        if (const auto pair = pairOfPart(planner, inTable, id.name.name, &schema::Table::indexes,
                                         dropIndex, makeIndex))
            return pair;
    }
    return std::nullopt;
}

std::optional<Pair> pairOfConstraint(Planner &planner, const ObjectId &id)
{
    if (const auto pair =
            pairOfPart(planner, id, id.part, &schema::Table::checks, dropCheck, makeCheck))
        return pair;
    if (const auto pair = pairOfPart(planner, id, id.part, &schema::Table::foreignKeys,
                                     dropForeignKey, makeForeignKey))
        return pair;
    if (const auto pair =
            pairOfPart(planner, id, id.part, &schema::Table::uniques, dropUnique, makeUnique))
        return pair;
    return pairOfPart(planner, id, id.part, &schema::Table::primaryKeys, dropPrimaryKey,
                      makePrimaryKey);
}

std::optional<Pair> pairOfView(Planner &planner, const ObjectId &id)
{
    const schema::View *before = viewOf(planner.from(), id.name);
    if (!before)
        return std::nullopt;
    Pair pair{.drop = dropView(planner, *before)};
    if (const schema::View *after = viewOf(planner.to(), id.name))
        pair.make = makeView(planner, *after);
    planner.clear(pair.drop, dependantsOfView(planner, *before));
    return pair;
}

std::optional<Pair> pairOfPolicy(Planner &planner, const ObjectId &id)
{
    if (const auto pair =
            pairOfPart(planner, id, id.part, &schema::Table::policies, dropPolicy, makePolicy))
        return pair;
    const auto linked = [&id](const QList<schema::Policy> &policies) -> const schema::Policy * {
        const auto it = std::ranges::find_if(policies, [&id](const schema::Policy &policy) {
            return policy.name == id.part && diff::tableOf(policy) == id.name;
        });
        return it == policies.end() ? nullptr : &*it;
    };
    const schema::Policy *before = linked(planner.from().linkedPolicies);
    if (!before)
        return std::nullopt;
    Pair pair{.drop = dropPolicy(planner, id.name, *before)};
    if (const schema::Policy *after = linked(planner.to().linkedPolicies))
        pair.make = makePolicy(planner, id.name, *after);
    return pair;
}

std::optional<Pair> pairOfColumn(Planner &planner, const ObjectId &id)
{
    const schema::Column *before =
        partOf(planner.from(), id.name, &schema::Table::columns, id.part);
    const schema::Column *after = partOf(planner.to(), id.name, &schema::Table::columns, id.part);
    if (!before || !after)
        return std::nullopt;
    return remakeColumn(planner, id.name, *before, *after);
}

/// What has to be done before a live object is called as its statements say.
QList<int> renamesIn(const Planner &planner)
{
    static constexpr std::array stages{Stage::SchemaRenames, Stage::EnumMoves,
                                       Stage::EnumRenames,   Stage::TableMoves,
                                       Stage::TableRenames,  Stage::ColumnRenames};
    QList<int> numbers;
    for (int i = 0; i < planner.nodes().size(); ++i) {
        if (std::ranges::find(stages, planner.nodes()[i].stage) != stages.end())
            numbers << i;
    }
    return numbers;
}

/// For what has no definition: dropped, it would be gone.
Error cannotComeBack(const ObjectId &id)
{
    const bool hasArguments = id.kind == ObjectKind::Aggregate || id.kind == ObjectKind::Operator;
    return {.kind = base::ErrorKind::Unsupported,
            .text = Text::tr("What is in the way cannot be made again afterwards"),
            .where = id.name.qualified() +
                     (hasArguments ? QStringLiteral("(%1)").arg(id.part) : QString()),
            .hint = Text::tr("drop it, apply the change, and make it again by hand")};
}

/// What only the live database knows.
Pair pairOfStranger(Planner &planner, const ObjectId &id)
{
    if (!planner.live() || !planner.live()->objects.contains(id))
        return {};
    const schema::LiveObject object = planner.liveObject(id);
    if (object.definition.isEmpty()) {
        planner.refuse(cannotComeBack(id));
        return {};
    }
    Node drop = planner.node(Stage::ViewDrops, object.removal);
    drop.line.hazards << hazards::of(Rule::UnmanagedRestored,
                                     id.part.isEmpty() ? id.name.qualified() : id.part);
    drop.line.effect = planner.on(id.name, Lock::AccessExclusive);
    drop.line.reverse << ReverseStatement{object.definition};
    drop.after << renamesIn(planner);
    const int dropped = planner.add(drop);
    planner.registerDrop(id, dropped);
    Node make = planner.node(Stage::Views, object.definition);
    make.line.effect = planner.on(id.name, Lock::AccessExclusive);
    make.line.reverse << ReverseStatement{object.removal};
    make.after << dropped;
    const int made = planner.add(make);
    planner.registerMaker(id, made);
    // Its own users go before it and come after it.
    const QList<ObjectId> users = strangersOn(planner, id);
    planner.clear(dropped, users);
    planner.clear(made, users);
    return {dropped, made};
}

std::optional<Pair> newPair(Planner &planner, const ObjectId &id)
{
    switch (id.kind) {
    case ObjectKind::View:
    case ObjectKind::MaterializedView:
        return pairOfView(planner, id);
    case ObjectKind::Policy:
        return pairOfPolicy(planner, id);
    case ObjectKind::Constraint:
        return pairOfConstraint(planner, id);
    case ObjectKind::Index:
        return pairOfIndex(planner, id);
    case ObjectKind::Column:
        return pairOfColumn(planner, id);
    default:
        return std::nullopt;
    }
}
} // namespace

Pair pairOf(Planner &planner, const ObjectId &id)
{
    Pair pair{planner.dropOf(id), planner.makerOf(id)};
    if (pair.drop >= 0)
        return pair;
    for (const int changer : planner.changersOf(id))
        planner.at(changer).dead = true;
    const std::optional<Pair> known = newPair(planner, id);
    if (!known) {
        pair = pairOfStranger(planner, id);
    } else {
        pair = *known;
        // What changed it in place is now part of making it again.
        if (pair.make >= 0) {
            for (const int changer : planner.changersOf(id))
                planner.at(pair.make).applies << planner.at(changer).applies;
        }
        if (pair.make >= 0 && pair.drop >= 0)
            planner.at(pair.make).after << pair.drop;
    }
    if (pair.drop >= 0 && pair.make >= 0) {
        planner.at(pair.drop).late = true;
        restore(planner, id, pair.make);
    }
    return pair;
}

namespace
{
/// Whether a statement that gives a column back what it had fits its new type: what is stored apart
/// or compressed has to be of any length.
bool fitsType(const Planner &planner, const ObjectId &id, const QString &statement)
{
    if (id.kind != ObjectKind::Column || (!statement.contains(QLatin1String(" SET STORAGE ")) &&
                                          !statement.contains(QLatin1String(" SET COMPRESSION "))))
        return true;
    const schema::Column *before =
        partOf(planner.from(), id.name, &schema::Table::columns, id.part);
    const schema::Column *after = partOf(planner.to(), id.name, &schema::Table::columns, id.part);
    return !before || !after || diff::sameType(*before, *after) || isTextual(after->type);
}
} // namespace

QStringList restorationOf(Planner &planner, const ObjectId &live, Along along)
{
    QStringList statements = planner.liveRestoration(live);
    if (along == Along::Nothing)
        return statements;
    const QList<schema::Dependant> users = usersOf(*planner.live(), live);
    for (const schema::Dependant &user : users) {
        const bool goes =
            user.tie == schema::Dependant::Tie::Automatic &&
            (user.id.kind == ObjectKind::Default || user.id.kind == ObjectKind::Index ||
             user.id.kind == ObjectKind::Trigger || user.id.kind == ObjectKind::Rule ||
             user.id.kind == ObjectKind::Statistics);
        const bool declared = along == Along::Strangers && planner.live()->object(user.id).managed;
        const schema::LiveObject object =
            goes && !declared ? planner.liveObject(user.id) : schema::LiveObject();
        if (!object.definition.isEmpty())
            statements << object.definition << object.restoration;
    }
    return statements;
}

void restore(Planner &planner, const ObjectId &id, int maker)
{
    if (!planner.live())
        return;
    const ObjectId live = planner.liveId(id);
    const bool all = id.kind == ObjectKind::View || id.kind == ObjectKind::MaterializedView;
    const Along along = all                             ? Along::Everything
                        : id.kind == ObjectKind::Column ? Along::Strangers
                                                        : Along::Nothing;
    QStringList statements = restorationOf(planner, live, along);
    statements.removeIf(
        [&](const QString &statement) { return !fitsType(planner, id, statement); });
    int previous = maker;
    for (const QString &statement : std::as_const(statements)) {
        Node node = planner.node(planner.at(maker).stage, statement);
        node.line.change = planner.at(maker).line.change;
        node.after << previous;
        node.line.effect = planner.on(id.name, Lock::AccessExclusive);
        previous = planner.add(node);
    }
}

} // namespace migrate
