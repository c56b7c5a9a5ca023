// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/dependants.h"
#include "migrate/hazards.h"
#include "migrate/mentions.h"
#include "migrate/objectstatements.h"
#include "migrate/pairs.h"
#include "migrate/planner.h"
#include "migrate/text.h"
#include "sql/columns.h"

#include <algorithm>

namespace migrate
{

namespace
{
using Options = QList<std::pair<QString, QString>>;

void usesOfView(const Planner &planner, Node &node, const schema::View &view)
{
    node.uses << schemaId(view.name.schema);
    const Reading reading = readingOf(view.definition);
    const auto add = [&](const schema::Name &name) {
        node.uses << tableId(name) << schema::ObjectId{schema::ObjectKind::View, name, {}}
                  << schema::ObjectId{schema::ObjectKind::MaterializedView, name, {}};
    };
    for (const schema::Name &name : reading.relations)
        add(name);
    for (const schema::View &other : planner.to().views) {
        const bool read =
            reading.parsed ? reading.reads(other.name) : mentions(view.definition, other.name.name);
        if (read && other.name != view.name)
            add(other.name);
    }
    for (const schema::Table &table : planner.to().tables) {
        const bool read =
            reading.parsed ? reading.reads(table.name) : mentions(view.definition, table.name.name);
        if (!read)
            continue;
        node.uses << tableId(table.name);
        for (const schema::Column &column : table.columns) {
            if (reading.readsColumn(table.name, column.name))
                node.uses << columnId(table.name, column.name);
        }
    }
}

void releasesOfView(const Planner &planner, Node &node, const schema::View &view)
{
    node.releases << schemaId(view.name.schema);
    const Reading reading = readingOf(view.definition);
    for (const schema::Name &name : reading.relations)
        node.releases << tableId(name) << schema::ObjectId{schema::ObjectKind::View, name, {}}
                      << schema::ObjectId{schema::ObjectKind::MaterializedView, name, {}};
    for (const schema::View &other : planner.from().views) {
        if (reading.reads(other.name))
            node.releases << viewId(other);
    }
    for (const schema::Table &table : planner.from().tables) {
        const bool read =
            reading.parsed ? reading.reads(table.name) : mentions(view.definition, table.name.name);
        if (read)
            node.releases << tableId(table.name);
        for (const schema::Column &column : table.columns) {
            if (reading.readsColumn(table.name, column.name))
                node.releases << columnId(table.name, column.name);
        }
    }
}

/// The tables and views under a view are locked for reading while it is made.
void lockRead(const Planner &planner, Effect &effect, const schema::View &view)
{
    const Reading reading = readingOf(view.definition);
    for (const schema::Name &name : reading.relations)
        planner.lock(effect, name, Lock::AccessShare);
    if (view.materialized && !view.withNoData.value_or(false) && !effect.locks.isEmpty())
        effect.work = Work::Scan;
}

bool hasType(const schema::View &before, const schema::View &after, const Planner &planner)
{
    const Reading reading = readingOf(before.definition);
    return std::ranges::none_of(planner.difference().changes,
                                [&](const diff::Change &change) {
                                    const auto *alter = std::get_if<diff::AlterColumn>(&change);
                                    return alter && alter->before.type != alter->after.type &&
                                           reading.reads(alter->table);
                                }) &&
           std::ranges::all_of(reading.relations, [&](const schema::Name &name) {
               return readingOf(after.definition).reads(name);
           });
}

/// \a view with its text as it is before the renames.
schema::View asBefore(const Planner &planner, const schema::View &view)
{
    const QList<schema::View> &views = planner.unrenamed().views;
    const auto found = std::ranges::find(views, planner.nameBefore(view.name), &schema::View::name);
    schema::View made = found == views.end() ? view : *found;
    made.name = view.name;
    return made;
}

/// The nodes that give a new name to something that \a original, a text before the renames, reads.
QList<int> renamersUnder(const Planner &planner, const schema::View &original)
{
    QList<int> nodes;
    const Reading reading = readingOf(original.definition);
    for (const diff::Change &change : planner.difference().changes) {
        const auto *rename = std::get_if<diff::Rename>(&change);
        if (!rename)
            continue;
        const bool relation =
            (rename->kind == diff::Kind::Table || rename->kind == diff::Kind::View) &&
            rename->to != original.name && reading.reads(planner.nameBefore(rename->to));
        const bool column =
            rename->kind == diff::Kind::Column &&
            reading.readsColumn(planner.nameBefore(rename->table), rename->from.name);
        const int renamer = relation || column ? planner.renamerOf(*rename) : -1;
        if (renamer >= 0)
            nodes << renamer;
    }
    return nodes;
}
/// Whether CREATE OR REPLACE will do: nothing but columns at the end, or nothing of them, is new.
bool isReplaceable(const schema::View &before, const schema::View &after, const Planner &planner)
{
    if (before.materialized || after.materialized || before.existing || before.with != after.with)
        return false;
    // On the way back it would name what has no such name yet.
    if (!renamersUnder(planner, asBefore(planner, before)).isEmpty())
        return false;
    const std::optional<QStringList> old = sql::outputColumns(before.definition);
    const std::optional<QStringList> now = sql::outputColumns(after.definition);
    return old && now && now->size() >= old->size() && now->mid(0, old->size()) == *old &&
           hasType(before, after, planner);
}

QString restored(const Planner &planner, const schema::View &view)
{
    if (!planner.live())
        return {};
    const schema::LiveObject object = planner.live()->object(planner.liveId(viewId(view)));
    return object.restoration.isEmpty() ? Text::tr("nothing but its definition")
                                        : object.restoration.join(u' ');
}

/// Options, tablespace, access method: without touching the definition.
void alterInPlace(Planner &planner, const diff::AlterView &change)
{
    const schema::View &before = change.before;
    const schema::View &after = change.after;
    const auto add = [&](const QString &statement, const QString &back, Work work) {
        Node node = planner.node(Stage::ViewChanges, statement);
        node.uses << viewId(after);
        node.applies << change;
        node.line.effect = planner.on(after.name, Lock::AccessExclusive, work);
        node.line.reverse << ReverseStatement{back};
        planner.registerChanger(viewId(after), planner.add(node));
    };
    const auto named = [](const Options &options, const QString &name) {
        return std::ranges::find(options, name, &std::pair<QString, QString>::first);
    };
    Options added, changed, dropped;
    for (const auto &option : after.with) {
        const auto old = named(before.with, option.first);
        if (old == before.with.end())
            added << option;
        else if (old->second != option.second)
            changed << option;
    }
    for (const auto &option : before.with) {
        if (named(after.with, option.first) == after.with.end())
            dropped << option;
    }
    const auto names = [](const Options &options) {
        QStringList list;
        for (const auto &option : options)
            list << option.first;
        return list;
    };
    const auto old = [&](const Options &options) {
        Options list;
        for (const auto &option : options)
            list << *named(before.with, option.first);
        return list;
    };
    if (!added.isEmpty())
        add(setViewOptions(after, added), resetViewOptions(before, names(added)), Work::None);
    if (!dropped.isEmpty())
        add(resetViewOptions(after, names(dropped)), setViewOptions(before, dropped), Work::None);
    if (!changed.isEmpty())
        add(setViewOptions(after, changed), setViewOptions(before, old(changed)), Work::None);
    if (before.tablespace != after.tablespace)
        add(setViewTablespace(after), setViewTablespace(before), Work::Rewrite);
    if (before.accessMethod != after.accessMethod)
        add(setViewAccessMethod(after), setViewAccessMethod(before), Work::Rewrite);
}

/// Views that read \a view, directly or through others, the last ones first.
void readersOf(const schema::Database &database, const schema::View &view,
               QList<schema::View> &readers)
{
    for (const schema::View &other : database.views) {
        const bool known =
            std::ranges::find(readers, other.name, &schema::View::name) != readers.end();
        if (known || other.existing || other.name == view.name ||
            !readingOf(other.definition).reads(view.name))
            continue;
        readersOf(database, other, readers);
        readers << other;
    }
}

/// Columns cannot be taken from a view that stands: it goes, with those that read it.
QList<ReverseStatement> shrink(const Planner &planner, const diff::AlterView &change)
{
    QList<schema::View> readers;
    readersOf(planner.to(), change.after, readers);
    QList<ReverseStatement> back;
    for (const schema::View &reader : std::as_const(readers))
        back << ReverseStatement{dropView(reader)};
    back << ReverseStatement{dropView(change.after)} << ReverseStatement{createView(change.before)};
    for (auto reader = readers.crbegin(); reader != readers.crend(); ++reader)
        back << ReverseStatement{createView(*reader)};
    return back;
}

void replace(Planner &planner, const diff::AlterView &change)
{
    Node node = planner.node(Stage::Views, createView(change.after, true));
    usesOfView(planner, node, change.after);
    releasesOfView(planner, node, change.before);
    node.uses << viewId(change.after);
    node.applies << change;
    node.line.effect = planner.on(change.after.name, Lock::AccessExclusive);
    lockRead(planner, node.line.effect, change.after);
    const bool back =
        sql::outputColumns(change.before.definition) == sql::outputColumns(change.after.definition);
    if (back)
        node.line.reverse << ReverseStatement{createView(change.before, true)};
    else
        node.line.reverse << shrink(planner, change);
    planner.registerChanger(viewId(change.after), planner.add(node));
}
} // namespace

int makeView(Planner &planner, const schema::View &view)
{
    Node node = planner.node(Stage::Views, createView(view));
    node.creates << viewId(view);
    usesOfView(planner, node, view);
    lockRead(planner, node.line.effect, view);
    node.line.reverse << ReverseStatement{migrate::dropView(view)};
    const int made = planner.add(node);
    planner.registerMaker(viewId(view), made);
    return made;
}

int dropView(Planner &planner, const schema::View &view)
{
    Node node = planner.node(Stage::ViewDrops, migrate::dropView(view));
    node.frees << viewId(view);
    node.uses << schemaId(view.name.schema);
    releasesOfView(planner, node, view);
    const schema::View original = asBefore(planner, view);
    node.line.effect = planner.on(view.name, Lock::AccessExclusive);
    node.line.reverse << ReverseStatement{createView(original)};
    const auto after = std::ranges::find(planner.to().views, view.name, &schema::View::name);
    if (after != planner.to().views.end() && !after->existing)
        node.line.hazards << (view.materialized
                                  ? hazards::of(Rule::MaterializedViewRecreated)
                                  : hazards::of(Rule::ViewRecreated, restored(planner, view)));
    const int made = planner.add(node);
    planner.registerDrop(viewId(view), made);
    // It comes back when what it reads has its old names again.
    for (const int renamer : renamersUnder(planner, original))
        planner.at(renamer).after << made;
    return made;
}

void plan(Planner &planner, const diff::AddView &change)
{
    if (!change.view.existing)
        planner.at(makeView(planner, change.view)).applies << change;
}

void plan(Planner &planner, const diff::DropView &change)
{
    if (change.view.existing)
        return;
    const int dropped = dropView(planner, change.view);
    planner.at(dropped).applies << change;
    planner.clear(dropped, dependantsOfView(planner, change.view));
}

void plan(Planner &planner, const diff::AlterView &change)
{
    const schema::View &before = change.before;
    const schema::View &after = change.after;
    if (after.existing)
        return;
    const bool sameQuery = before.definition == after.definition &&
                           before.materialized == after.materialized && !before.existing;
    if (sameQuery) {
        alterInPlace(planner, change);
        return;
    }
    if (isReplaceable(before, after, planner)) {
        replace(planner, change);
        return;
    }
    const int dropped = dropView(planner, before);
    const int made = makeView(planner, after);
    planner.at(made).after << dropped;
    planner.at(made).applies << change;
    planner.at(dropped).late = true;
    restore(planner, viewId(after), made);
    planner.clear(dropped, dependantsOfView(planner, before));
}

} // namespace migrate
