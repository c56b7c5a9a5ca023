// SPDX-License-Identifier: GPL-3.0-or-later
// One table with its columns, keys, constraints and policies. Objects keyed by name keep drizzle-kit's order: a later
// definition of a name takes the place of an earlier one, and names that look like integers come first. What cannot be
// read is left out and reported, and nothing next to it.
import { isA, isVersion1, orm, pg } from "../orm.js";
import { calling, originIn, placeOfError } from "../places.js";
import { Problem, attempt } from "../problems.js";
import { markedName, standInName } from "../standins.js";
import { originFor, placeFor, placesFor, placesOfReferences } from "../trace.js";
import { describeColumn } from "./column.js";
import { describeIndexes } from "./indexes.js";
import { columnUniqueName, foreignKeyName, primaryKeyName, uniqueName } from "./names.js";
import { describePolicies } from "./policy.js";
import { columnName, conditionText, genuine, presentName, text } from "./text.js";

/** Keeps the first of a name in \a found; drizzle-kit refuses a second one. */
function unlessTaken(found, name, code, owner, place) {
  if (Object.hasOwn(found, name)) throw new Problem(code, [name, owner.name], place);
  return name;
}

function describePrimaryKeys(primaryKeys, owner, casing) {
  const found = Object.create(null);
  for (const key of primaryKeys) {
    const place = placeFor(key.columns) ?? owner.place;
    const read = () => {
      const columns = key.columns.map((column) => presentName(column, "primary key", owner, place, casing));
      const name = text(primaryKeyName(key, owner.name, casing), "primary key", place);
      found[name] = { name, columns, origin: originFor("", key.columns, owner.object) };
    };
    attempt(read, "partThrows", [owner.name], place);
  }
  return Object.values(found);
}

function describeUniques(columns, constraints, owner, casing) {
  const found = Object.create(null);
  const add = (key, place, wanted, describe) => {
    const read = () => {
      const name = unlessTaken(found, text(wanted(), owner.name, place), "duplicateUnique", owner, place);
      found[name] = { name, ...describe(name), origin: originFor("", key, owner.object) };
    };
    attempt(read, "partThrows", [owner.name], place);
  };
  for (const column of columns.filter((item) => item.isUnique && !owner.missing.has(item.name)))
    add(column.config, placeFor(column.config), () => columnUniqueName(column, owner.name), () => ({
      columns: [columnName(column, casing)],
      nullsNotDistinct: column.uniqueType === "not distinct",
    }));
  for (const unique of constraints) {
    const place = placeFor(unique.columns) ?? owner.place;
    const names = (what) => unique.columns.map((column) => presentName(column, what, owner, place, casing));
    add(unique.columns, place, () => uniqueName(unique, owner.object, names("unique constraint")), (name) => ({
      columns: names(name),
      nullsNotDistinct: Boolean(unique.nullsNotDistinct),
    }));
  }
  return Object.values(found);
}

/** \a places are those of the key, {definition, use}. */
function describeForeignKey(foreignKey, reference, places, owner, context) {
  const { casing, targets } = context;
  const { columns, foreignColumns, foreignTable } = reference;
  const place = places?.definition ?? owner.place;
  genuine(foreignTable, owner.name, place);
  for (const column of foreignColumns) genuine(column, owner.name, place);
  lookAt(foreignTable, context);
  const target = text(orm.getTableName(foreignTable), owner.name, place);
  const name = text(foreignKeyName(foreignKey, reference, owner.name, target, casing), owner.name, place);
  targets.push({ table: foreignTable, name: target, owner, place });
  return {
    name,
    columns: columns.map((column) => presentName(column, name, owner, place, casing)),
    targetSchema: text(foreignTable[pg.PgTable.Symbol.Schema], owner.name, place),
    targetTable: target,
    targetColumns: foreignColumns.map((column) => text(columnName(column, casing), owner.name, place)),
    onDelete: text(foreignKey.onDelete ?? "no action", name, place),
    onUpdate: text(foreignKey.onUpdate ?? "no action", name, place),
    origin: originIn("", places, placesFor(owner.object)),
  };
}

function referenceOf(foreignKey, owner, place) {
  try {
    return foreignKey.reference();
  } catch (error) {
    // What the project's function throws is told in its words; drizzle-orm stumbles over a column that is undefined.
    if (placeOfError(error)) throw error;
    throw new Problem("referenceToNothing", [owner.name], place);
  }
}

function describeForeignKeys(foreignKeys, owner, context) {
  const found = Object.create(null);
  const referencesSeen = new Map();
  for (const foreignKey of foreignKeys) {
    // A column that is a stand-in brings a key that is one; the column has been reported.
    if (standInName(foreignKey) !== undefined) continue;
    let places = placesFor(foreignKey.reference);
    // The columns are known before the target is asked for: a key of a column's own is where references() was called.
    const own = places ? undefined : owner.columnOfKey(foreignKey);
    if (own) {
      const count = referencesSeen.get(own) ?? 0;
      referencesSeen.set(own, count + 1);
      places = placesOfReferences(own.config)[count] ?? placesFor(own.config);
    }
    const place = places?.definition ?? owner.place;
    const read = () => {
      const reference = referenceOf(foreignKey, owner, place);
      const described = describeForeignKey(foreignKey, reference, places, owner, context);
      found[described.name] = described;
    };
    attempt(read, "brokenReference", [owner.name], place);
  }
  return Object.values(found);
}

function describeChecks(checks, owner, dialect) {
  const found = Object.create(null);
  for (const check of checks) {
    const place = placeFor(check.value) ?? owner.place;
    const read = () => {
      const name = unlessTaken(found, text(check.name, owner.name, place), "duplicateCheck", owner, place);
      genuine(check.value, `${owner.name}.${name}`, place);
      const expression = conditionText(dialect, check.value, owner.name, place);
      found[name] = { name, expression, origin: originFor("", check.value, owner.object) };
    };
    attempt(read, "partThrows", [owner.name], place);
  }
  return Object.values(found);
}

const classesOfExtras = {
  indexes: "IndexBuilder",
  checks: "CheckBuilder",
  uniques: "UniqueConstraintBuilder",
  primaryKeys: "PrimaryKeyBuilder",
  foreignKeys: "ForeignKeyBuilder",
  policies: "PgPolicy",
};

/**
 * What the callback behind the columns of \a table returns, as a list. It must not be called more often than drizzle-kit
 * does: until 1.0 an order given to a column for onOnly() is the column's own from then on.
 */
function callExtras(table, context) {
  const { ExtraConfigBuilder, ExtraConfigColumns, Columns } = pg.PgTable.Symbol;
  const build = table[ExtraConfigBuilder];
  // Until 0.30 the callback gets the table's own columns.
  const columns = ExtraConfigColumns ? table[ExtraConfigColumns] : table[Columns];
  const made = (build && calling(build, () => build(columns))) ?? [];
  const list = Array.isArray(made) ? made.flat(1) : Object.values(made);
  const leaks = (extra) => standInName(extra) === undefined && isA(extra, pg.IndexBuilder) && extra.config.only && extra.config.method === "btree";
  context.orderLeaks.set(table, list.some(leaks));
  return list;
}

/** drizzle-kit looks at the target of every foreign key, which lets the orders of its onOnly() indexes leak. */
function lookAt(table, context) {
  if (context.orderLeaks.get(table) === false) return;
  try {
    callExtras(table, context);
  } catch {
    context.orderLeaks.set(table, false); // said where the table itself is described
  }
}

/** What stands behind the columns of a table, by kind, as getTableConfig() sorts it; but one by one. */
function extrasOf(table, owner, context) {
  const extras = { indexes: [], checks: [], uniques: [], primaryKeys: [], foreignKeys: [], policies: [] };
  const list = attempt(() => callExtras(table, context), "extrasThrow", [owner.name], owner.place);
  for (const extra of list ?? []) {
    const read = () => {
      genuine(extra, owner.name, owner.place);
      const kind = Object.keys(classesOfExtras).find((name) => isA(extra, pg[classesOfExtras[name]]));
      if (kind) extras[kind].push(kind === "policies" ? extra : extra.build(table));
      else if (isVersion1) throw new Problem("unknownExtra", [owner.name], owner.place);
    };
    attempt(read, "partThrows", [owner.name], owner.place);
  }
  return extras;
}

/** A function that says which column of \a table a key made by references() belongs to. */
function keyOwners(table, columns) {
  // buildForeignKeys() goes through the columns in order, and a column has as many keys as references() was called.
  const owners = columns.flatMap((column) =>
    standInName(column) === undefined ? placesOfReferences(column.config).map(() => column) : [undefined],
  );
  const keys = Object.values(table[pg.PgTable.Symbol.InlineForeignKeys] ?? []);
  const byKey = new Map(owners.length === keys.length ? keys.map((key, index) => [key, owners[index]]) : []);
  return { keys, columnOfKey: (key) => byKey.get(key) };
}

function describeColumns(table, owner, context) {
  const columns = Object.create(null);
  for (const [key, column] of Object.entries(orm.getTableColumns(table))) {
    // Spread from a stand-in: how many columns there are, and which, nobody knows.
    if (markedName(key) !== undefined) genuine(key, owner.name, owner.place);
    const described = attempt(() => describeColumn(column, key, owner, context), "partThrows", [`${owner.name}.${key}`], placeFor(column?.config) ?? owner.place);
    if (described) columns[described.name] = described;
    else if (standInName(column) === undefined) owner.missing.add(column.name);
  }
  return columns;
}

/**
 * \a exportName is the TypeScript name; \a context is {dialect, casing, indexNames, targets, orderLeaks}: names of indexes
 * by schema, the tables that foreign keys point at, which the caller looks at when all are known, and for lookAt() which
 * tables' callbacks change their columns.
 */
export function describeTable(table, exportName, context) {
  const place = placeFor(table);
  const symbols = pg.PgTable.Symbol;
  const owner = {
    object: table,
    name: text(table[symbols.Name], exportName, place),
    schema: text(table[symbols.Schema], exportName, place),
    place,
    missing: new Set(),
  };
  const columns = describeColumns(table, owner, context);
  const objects = Object.values(orm.getTableColumns(table)).filter((column) => standInName(column) === undefined);
  const { keys, columnOfKey } = keyOwners(table, Object.values(orm.getTableColumns(table)));
  owner.columnOfKey = columnOfKey;
  const extras = extrasOf(table, owner, context);
  const primaryKeys = describePrimaryKeys(extras.primaryKeys, owner, context.casing);
  // drizzle-kit 1.0 says of a key's columns what is true of them; before, only of a column that is a key by itself.
  if (isVersion1) for (const key of primaryKeys) for (const name of key.columns) if (columns[name]) columns[name].notNull = true;
  return {
    schema: owner.schema,
    name: owner.name,
    columns: Object.values(columns),
    indexes: describeIndexes(extras.indexes, owner, context),
    foreignKeys: describeForeignKeys([...keys, ...extras.foreignKeys], owner, context),
    primaryKeys,
    uniques: describeUniques(objects, extras.uniques, owner, context.casing),
    checks: describeChecks(extras.checks, owner, context.dialect),
    policies: describePolicies(extras.policies, owner, context.dialect),
    rowLevelSecurity: Boolean(table[symbols.EnableRLS]),
    origin: originFor(exportName, table),
  };
}
