// SPDX-License-Identifier: GPL-3.0-or-later
// New names, other schemas.
#include "diff/equal.h"
#include "diff/names.h"
#include "diff/renaming.h"
#include "diff/sqlnames.h"
#include "migrate/hazards.h"
#include "migrate/mentions.h"
#include "migrate/objectstatements.h"
#include "migrate/planenums.h"
#include "migrate/planner.h"
#include "migrate/statements.h"
#include "sql/columns.h"
#include "sql/identifier.h"

#include <algorithm>

namespace migrate
{

namespace
{
using diff::Kind;

/// A relation or type: moved first, renamed then.
struct Moving {
    QString word; ///< TABLE, TYPE, SEQUENCE, VIEW
    Stage move, rename;
    schema::ObjectId before, after;
    bool endsLine = false;
};

QString moveStatement(const Moving &moving, const schema::Name &from, const schema::Name &to)
{
    if (from.schema != to.schema)
        return moveObject(moving.word, from, to.schema);
    // drizzle-kit writes the schema of a table only where it is not public.
    if (moving.word == QLatin1String("TABLE"))
        return alterTable(from, QStringLiteral("RENAME TO ") + sql::identifier(to.name));
    return renameObject(moving.word, from, to.name);
}

Effect effectOn(const Planner &planner, const Moving &moving, const schema::Name &to)
{
    return moving.word == QLatin1String("TYPE") ? Effect{} : planner.on(to, Lock::AccessExclusive);
}

template <typename Entry> bool has(const QList<Entry> &entries, const schema::Name &name)
{
    return std::ranges::find(entries, name, &Entry::name) != entries.end();
}

/// Whether something is called \a name before the plan, or after it.
bool isTaken(const Planner &planner, const schema::Name &name)
{
    for (const schema::Database *state : {&planner.from(), &planner.to()}) {
        if (has(state->tables, name) || has(state->views, name) || has(state->enums, name) ||
            has(state->sequences, name))
            return true;
    }
    return std::ranges::any_of(planner.difference().changes, [&](const diff::Change &change) {
        const auto *rename = std::get_if<diff::Rename>(&change);
        return rename && rename->table.name.isEmpty() && rename->from == name;
    });
}

/// The names from the old one to the new one: a statement changes either schema or name.
QList<schema::Name> pathOf(const Planner &planner, const diff::Rename &change)
{
    const schema::Name &from = change.from;
    const schema::Name &to = change.to;
    if (from.schema == to.schema || from.name == to.name)
        return {from, to};
    for (const schema::Name &between :
         {schema::Name{to.schema, from.name}, schema::Name{from.schema, to.name}}) {
        if (!isTaken(planner, between))
            return {from, between, to};
    }
    const QString moving = diff::generatedName(from.name, {}, QStringLiteral("moving"));
    return {from, {from.schema, moving}, {to.schema, moving}, to};
}

void addMoving(Planner &planner, const Moving &moving, const diff::Rename &change)
{
    const QList<schema::Name> path = pathOf(planner, change);
    int last = -1;
    for (qsizetype i = 1; i < path.size(); ++i) {
        const bool moves = path[i - 1].schema != path[i].schema;
        Node node = planner.node(moves ? moving.move : moving.rename,
                                 moveStatement(moving, path[i - 1], path[i]));
        node.line.endsLine = moves && moving.endsLine;
        node.uses << schemaId(path[i].schema);
        if (moves)
            node.releases << schemaId(change.from.schema);
        if (last >= 0)
            node.after << last;
        else
            node.gives << nameKeys(moving.before);
        if (i + 1 == path.size())
            node.creates << moving.after;
        node.line.effect = effectOn(planner, moving, change.to);
        if (moves || change.kind != Kind::Sequence)
            node.line.hazards << hazards::of(Rule::RenameInUse);
        node.line.reverse << ReverseStatement{moveStatement(moving, path[i], path[i - 1])};
        node.applies << change;
        last = planner.add(node);
    }
}

/// Columns, indexes, constraints, policies: what has its name within a table.
struct Part {
    Stage stage;
    QString statement, back;
    schema::ObjectId before, after;
    bool locksTable = true;
    bool isRelation = false; ///< an index goes by the same name
};

void addPart(Planner &planner, const Part &part, const diff::Rename &change)
{
    Node node = planner.node(part.stage, part.statement);
    node.uses << tableId(change.table);
    node.releases << tableId(change.table);
    node.gives << nameKeys(part.before);
    node.creates << part.after;
    if (part.isRelation) {
        node.gives << relationKey({change.table.schema, part.before.part});
        node.takes << relationKey({change.table.schema, part.after.part});
    }
    node.applies << change;
    if (part.locksTable)
        node.line.effect = planner.on(change.table, Lock::AccessExclusive);
    if (change.kind == Kind::Column)
        node.line.hazards << hazards::of(Rule::RenameInUse) << hazards::of(Rule::CachedPlans);
    node.line.reverse << ReverseStatement{part.back};
    planner.add(node);
}

QString renamePart(const schema::Name &table, const char *word, const QString &from,
                   const QString &to)
{
    return alterTable(table, QStringLiteral("RENAME ") + QLatin1String(word) + u' ' +
                                 sql::identifier(from) + QStringLiteral(" TO ") +
                                 sql::identifier(to));
}

/// What \a query calls its columns, where it says no more than their names.
std::optional<QStringList> columnNames(const QString &query)
{
    std::optional<QStringList> columns = sql::outputColumns(query);
    if (!columns)
        return columns;
    for (QString &column : *columns) {
        const QString name = column.section(u'.', -1);
        column = name.startsWith(u'"') ? name.mid(1).chopped(1) : name;
    }
    return columns;
}

/// Whether \a view calls one of its own columns as the one that is renamed.
bool showsColumn(const schema::View &view, const diff::Rename &change)
{
    const QString from = change.from.name;
    const QString to = change.to.name;
    const Reading reading = readingOf(view.definition);
    if (!reading.parsed || !reading.readsColumn(change.table, to))
        return false;
    const std::optional<QStringList> now = columnNames(view.definition);
    const std::optional<QStringList> before = columnNames(diff::renameColumnIn(
        view.definition, change.table, to, from, diff::ColumnScope::Qualified));
    if (!now || !before) // all of a table
        return !now && reading.readsColumn(change.table, from);
    return before->contains(from) && !now->contains(from) && now->contains(to);
}

/// A view keeps the names of its columns when what they show gets another one.
void renameInViews(Planner &planner, const diff::Rename &change)
{
    for (const schema::View &view : planner.to().views) {
        const auto before = std::ranges::find(planner.from().views, view.name, &schema::View::name);
        const bool stays = before != planner.from().views.end() && !view.existing &&
                           !before->existing && before->definition == view.definition &&
                           before->materialized == view.materialized;
        if (!stays || !showsColumn(view, change))
            continue;
        const auto statement = [&](const QString &from, const QString &to) {
            return QStringLiteral("ALTER %1 %2 RENAME COLUMN %3 TO %4;")
                .arg(viewWord(view), publicToo(view.name), sql::identifier(from),
                     sql::identifier(to));
        };
        Node node = planner.node(Stage::PartRenames, statement(change.from.name, change.to.name));
        node.creates << viewId(view);
        node.uses << columnId(change.table, change.to.name);
        node.line.effect = planner.on(view.name, Lock::AccessExclusive);
        node.line.hazards << hazards::of(Rule::RenameInUse);
        node.line.reverse << ReverseStatement{statement(change.to.name, change.from.name)};
        planner.registerChanger(viewId(view), planner.add(node));
    }
}

void addConstraint(Planner &planner, const diff::Rename &change)
{
    QString from = change.from.name;
    const bool isFirst = !diff::continuedBy(change, planner.difference().changes);
    if (change.kind == Kind::PrimaryKey && planner.live() && isFirst) {
        // A key without a name in the schema has the one that PostgreSQL once made up.
        const auto traits = planner.live()->tables.constFind(planner.liveName(change.table));
        if (traits != planner.live()->tables.cend() && !traits->primaryKey.isEmpty())
            from = traits->primaryKey;
        if (from == change.to.name)
            return;
    }
    Part part{.stage = Stage::PartRenames,
              .statement = renamePart(change.table, "CONSTRAINT", from, change.to.name),
              .back = renamePart(change.table, "CONSTRAINT", change.to.name, from),
              .before = constraintId(change.table, from),
              .after = constraintId(change.table, change.to.name),
              .isRelation = change.kind == Kind::PrimaryKey || change.kind == Kind::Unique};
    addPart(planner, part, change);
}

void addIndex(Planner &planner, const diff::Rename &change)
{
    const auto statement = [&](const QString &from, const QString &to) {
        return QStringLiteral("ALTER INDEX ") + sql::identifier(change.table.schema, from) +
               QStringLiteral(" RENAME TO ") + sql::identifier(to) + u';';
    };
    addPart(planner,
            {.stage = Stage::PartRenames,
             .statement = statement(change.from.name, change.to.name),
             .back = statement(change.to.name, change.from.name),
             .before = indexId(change.table, change.from.name),
             .after = indexId(change.table, change.to.name),
             .locksTable = false},
            change);
}

void addPolicy(Planner &planner, const diff::Rename &change)
{
    QString on = tableSql(change.table);
    for (const schema::Policy &policy : planner.to().linkedPolicies) {
        if (policy.name == change.to.name && diff::tableOf(policy) == change.table)
            on = policy.on;
    }
    addPart(planner,
            {.stage = Stage::PolicyRenames,
             .statement = renamePolicyOn(on, change.from.name, change.to.name),
             .back = renamePolicyOn(on, change.to.name, change.from.name),
             .before = policyId(change.table, change.from.name),
             .after = policyId(change.table, change.to.name)},
            change);
}

void addSequence(Planner &planner, const diff::Rename &change)
{
    const bool owned = !change.table.name.isEmpty();
    if (owned && planner.live()) {
        const diff::Rename *first = &change;
        while (const diff::Rename *earlier =
                   diff::continuedBy(*first, planner.difference().changes))
            first = earlier;
        const schema::Name now{planner.liveName(change.table).schema, first->from.name};
        if (!planner.live()->sequences.contains(now))
            return; // the database calls it otherwise, and keeps that
    }
    Moving moving{.word = QStringLiteral("SEQUENCE"),
                  .move = Stage::SequenceMoves,
                  .rename = owned ? Stage::PartRenames : Stage::SequenceRenames,
                  .before = sequenceId(change.from),
                  .after = sequenceId(change.to)};
    const int first = int(planner.nodes().size());
    addMoving(planner, moving, change);
    for (int i = first; owned && i < planner.nodes().size(); ++i)
        planner.at(i).releases << tableId(change.table);
}

void addView(Planner &planner, const diff::Rename &change)
{
    // On the way to its name it is in neither of the two schemas.
    const QList<schema::View> &views = planner.unrenamed().views;
    const auto view = std::ranges::find(views, planner.nameBefore(change.to), &schema::View::name);
    if (view == views.end() || view->existing)
        return;
    schema::View before = *view;
    before.name = change.from;
    schema::View after = *view;
    after.name = change.to;
    addMoving(planner,
              {.word = viewWord(*view),
               .move = Stage::ViewChanges,
               .rename = Stage::ViewRenames,
               .before = viewId(before),
               .after = viewId(after)},
              change);
}

void addEnumValue(Planner &planner, const diff::Rename &change)
{
    Node node = planner.node(Stage::EnumRenames,
                             renameEnumValue(change.table, change.from.name, change.to.name));
    node.after << planner.changersOf(enumId(change.table));
    if (isRebuilt(planner, change.table))
        node.after << renamerOf(planner, change.table); // what makes it is the new type
    else
        node.uses << enumId(change.table);
    node.applies << change;
    node.line.hazards << hazards::of(Rule::EnumValueRenamed);
    node.line.reverse << ReverseStatement{
        renameEnumValue(change.table, change.to.name, change.from.name)};
    planner.registerChanger(enumId(change.table), planner.add(node));
}

void addNamed(Planner &planner, Stage stage, const QString &statement, const QString &back,
              const schema::ObjectId &before, const schema::ObjectId &after,
              const diff::Rename &change)
{
    Node node = planner.node(stage, statement);
    node.gives << nameKeys(before);
    node.creates << after;
    node.applies << change;
    node.line.endsLine = stage == Stage::SchemaRenames;
    if (stage == Stage::SchemaRenames)
        node.line.hazards << hazards::of(Rule::RenameInUse);
    node.line.reverse << ReverseStatement{back};
    planner.add(node);
}

void addRename(Planner &planner, const diff::Rename &change)
{
    const QString from = change.from.name;
    const QString to = change.to.name;
    switch (change.kind) {
    case Kind::Schema:
        return addNamed(planner, Stage::SchemaRenames, renameSchema(from, to),
                        renameSchema(to, from), schemaId(from), schemaId(to), change);
    case Kind::Role:
        return addNamed(planner, Stage::RoleRenames, renameRole(from, to), renameRole(to, from),
                        roleId(from), roleId(to), change);
    case Kind::Table:
        return addMoving(planner,
                         {.word = QStringLiteral("TABLE"),
                          .move = Stage::TableMoves,
                          .rename = Stage::TableRenames,
                          .before = tableId(change.from),
                          .after = tableId(change.to),
                          .endsLine = true},
                         change);
    case Kind::Enum:
        return addMoving(planner,
                         {.word = QStringLiteral("TYPE"),
                          .move = Stage::EnumMoves,
                          .rename = Stage::EnumRenames,
                          .before = enumId(change.from),
                          .after = enumId(change.to)},
                         change);
    case Kind::Sequence:
        return addSequence(planner, change);
    case Kind::View:
        return addView(planner, change);
    case Kind::EnumValue:
        return addEnumValue(planner, change);
    case Kind::Column:
        return addPart(planner,
                       {.stage = Stage::ColumnRenames,
                        .statement = renamePart(change.table, "COLUMN", from, to),
                        .back = renamePart(change.table, "COLUMN", to, from),
                        .before = columnId(change.table, from),
                        .after = columnId(change.table, to)},
                       change);
    case Kind::Index:
        return addIndex(planner, change);
    case Kind::Policy:
        return addPolicy(planner, change);
    case Kind::PrimaryKey:
    case Kind::ForeignKey:
    case Kind::Unique:
    case Kind::Check:
        return addConstraint(planner, change);
    }
}
} // namespace

void plan(Planner &planner, const diff::Rename &change)
{
    const int first = int(planner.nodes().size());
    addRename(planner, change);
    const int end = int(planner.nodes().size());
    if (first == end)
        return;
    planner.registerRenamer(change, end - 1);
    if (change.kind == Kind::Column)
        renameInViews(planner, change);
    const diff::Rename *earlier = diff::continuedBy(change, planner.difference().changes);
    const int before = earlier ? planner.renamerOf(*earlier) : -1;
    if (before < 0)
        return;
    planner.at(first).after << before;
    planner.at(first).continues = before;
}

} // namespace migrate
