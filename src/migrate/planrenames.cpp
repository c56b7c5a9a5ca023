// SPDX-License-Identifier: GPL-3.0-or-later
// New names, other schemas.
#include "diff/equal.h"
#include "diff/renaming.h"
#include "migrate/hazards.h"
#include "migrate/objectstatements.h"
#include "migrate/planner.h"
#include "migrate/statements.h"
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

QString moveStatement(const Moving &moving, const diff::Rename &change)
{
    return moveObject(moving.word, change.from, change.to.schema);
}

QString renameStatement(const Moving &moving, const schema::Name &name, const QString &to)
{
    // drizzle-kit writes the schema of a table only where it is not public.
    if (moving.word == QLatin1String("TABLE"))
        return alterTable(name, QStringLiteral("RENAME TO ") + sql::identifier(to));
    return renameObject(moving.word, name, to);
}

Effect effectOn(const Planner &planner, const Moving &moving, const schema::Name &to)
{
    return moving.word == QLatin1String("TYPE") ? Effect{} : planner.on(to, Lock::AccessExclusive);
}

void addMoving(Planner &planner, const Moving &moving, const diff::Rename &change)
{
    const bool moves = change.from.schema != change.to.schema;
    const bool renames = change.from.name != change.to.name;
    const schema::Name between{change.to.schema, change.from.name};
    int last = -1;
    if (moves) {
        Node node = planner.node(moving.move, moveStatement(moving, change));
        node.line.endsLine = moving.endsLine;
        node.uses << schemaId(change.to.schema);
        node.releases << schemaId(change.from.schema);
        node.gives << nameKeys(moving.before);
        node.line.effect = effectOn(planner, moving, change.to);
        node.line.hazards << hazards::of(Rule::RenameInUse);
        node.line.reverse << ReverseStatement{
            moveStatement(moving, {.kind = change.kind, .from = between, .to = change.from})};
        if (!renames)
            node.creates << moving.after;
        node.applies << change;
        last = planner.add(node);
    }
    if (!renames)
        return;
    Node node = planner.node(moving.rename, renameStatement(moving, between, change.to.name));
    if (last >= 0)
        node.after << last;
    else
        node.gives << nameKeys(moving.before);
    node.uses << schemaId(change.to.schema);
    node.creates << moving.after;
    node.line.effect = effectOn(planner, moving, change.to);
    if (change.kind != Kind::Sequence)
        node.line.hazards << hazards::of(Rule::RenameInUse);
    node.line.reverse << ReverseStatement{renameStatement(moving, change.to, change.from.name)};
    node.applies << change;
    planner.add(node);
}

/// Columns, indexes, constraints, policies: what has its name within a table.
struct Part {
    Stage stage;
    QString statement, back;
    schema::ObjectId before, after;
    bool locksTable = true;
};

void addPart(Planner &planner, const Part &part, const diff::Rename &change)
{
    Node node = planner.node(part.stage, part.statement);
    node.uses << tableId(change.table);
    node.gives << nameKeys(part.before);
    node.creates << part.after;
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

void addConstraint(Planner &planner, const diff::Rename &change)
{
    QString from = change.from.name;
    if (change.kind == Kind::PrimaryKey && planner.live()) {
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
              .after = constraintId(change.table, change.to.name)};
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
    if (owned && planner.live() && !planner.live()->sequences.contains(change.from))
        return; // the database calls it otherwise, and keeps that
    Moving moving{.word = QStringLiteral("SEQUENCE"),
                  .move = Stage::SequenceMoves,
                  .rename = owned ? Stage::PartRenames : Stage::SequenceRenames,
                  .before = sequenceId(change.from),
                  .after = sequenceId(change.to)};
    addMoving(planner, moving, change);
}

void addView(Planner &planner, const diff::Rename &change)
{
    const auto view = std::ranges::find(planner.to().views, change.to, &schema::View::name);
    if (view == planner.to().views.end() || view->existing)
        return;
    schema::View before = *view;
    before.name = change.from;
    addMoving(planner,
              {.word = viewWord(*view),
               .move = Stage::ViewChanges,
               .rename = Stage::ViewRenames,
               .before = viewId(before),
               .after = viewId(*view)},
              change);
}

void addEnumValue(Planner &planner, const diff::Rename &change)
{
    Node node = planner.node(Stage::EnumRenames,
                             renameEnumValue(change.table, change.from.name, change.to.name));
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
} // namespace

void plan(Planner &planner, const diff::Rename &change)
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

} // namespace migrate
