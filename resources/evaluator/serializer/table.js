// SPDX-License-Identifier: GPL-3.0-or-later
// One table with its constraints, indexes and policies. Objects keyed by name keep drizzle-kit's order: a later
// definition of a name takes the place of an earlier one, and names that look like integers come first.
import { orm, pg } from "../orm.js";
import { Problem } from "../problems.js";
import { placeFor } from "../trace.js";
import { describeColumn } from "./column.js";
import { columnName, genuine, isSql, origin, parameters, sqlText, text } from "./text.js";

/** A generated name under a casing: drizzle-kit replaces the first occurrence of each column's name, wherever it is. */
function recased(name, columns, casing) {
  if (casing === undefined) return name;
  return columns.reduce((result, column) => result.replace(column.name, columnName(column, casing)), name);
}

function unlessTaken(found, name, code, owner, place) {
  if (Object.hasOwn(found, name)) throw new Problem(code, [name, owner], place);
  return name;
}

function describePrimaryKeys(primaryKeys, casing, place) {
  const found = {};
  for (const key of primaryKeys) {
    const name = text(recased(key.getName(), key.columns, casing), "primary key", place);
    found[name] = { name, columns: key.columns.map((column) => columnName(column, casing)) };
  }
  return Object.values(found);
}

function describeUniques(columns, constraints, table, owner, casing) {
  const found = {};
  for (const column of columns.filter((item) => item.isUnique)) {
    const place = placeFor(column.config);
    const name = unlessTaken(found, text(column.uniqueName, owner.name, place), "duplicateUnique", owner.name, place);
    found[name] = {
      name,
      columns: [columnName(column, casing)],
      nullsNotDistinct: column.uniqueType === "not distinct",
      origin: origin("", place),
    };
  }
  for (const unique of constraints) {
    const place = placeFor(unique.columns);
    const names = unique.columns.map((column) => columnName(column, casing));
    const wanted = text(unique.name ?? pg.uniqueKeyName(table, names), owner.name, place);
    const name = unlessTaken(found, wanted, "duplicateUnique", owner.name, place);
    found[name] = { name, columns: names, nullsNotDistinct: Boolean(unique.nullsNotDistinct), origin: origin("", place) };
  }
  return Object.values(found);
}

function describeForeignKey(foreignKey, owner, context) {
  const { casing } = context;
  let reference;
  try {
    reference = foreignKey.reference();
  } catch (error) {
    throw new Problem("brokenReference", [owner.name, String(error?.message ?? error)], placeFor(foreignKey.reference) ?? owner.place);
  }
  const { columns, foreignColumns, foreignTable } = reference;
  const place = placeFor(foreignKey.reference) ?? placeFor(columns[0]?.config) ?? owner.place;
  genuine(foreignTable, owner.name, place);
  for (const column of [...columns, ...foreignColumns]) genuine(column, owner.name, place);
  lookAt(foreignTable, context);
  const name = recased(recased(foreignKey.getName(), columns, casing), foreignColumns, casing);
  const action = (value) => text(value ?? "no action", owner.name, place);
  return {
    name: text(name, owner.name, place),
    columns: columns.map((column) => columnName(column, casing)),
    targetSchema: foreignTable[pg.PgTable.Symbol.Schema] ?? "",
    targetTable: text(orm.getTableName(foreignTable), owner.name, place),
    targetColumns: foreignColumns.map((column) => columnName(column, casing)),
    onDelete: action(foreignKey.onDelete),
    onUpdate: action(foreignKey.onUpdate),
    origin: origin("", place),
  };
}

function describeIndexColumn(column, casing, dialect, owner, place) {
  if (isSql(column))
    return { expression: sqlText(dialect, column, owner.name, place, "indexes"), isExpression: true, ascending: true, nulls: "last", operatorClass: "" };
  const { order, nulls, opClass } = column.indexConfig ?? {};
  return {
    expression: text(columnName(column, casing), owner.name, place),
    isExpression: false,
    ascending: order === "asc",
    nulls: nulls || (order === "desc" ? "first" : "last"),
    operatorClass: text(opClass, owner.name, place),
  };
}

function describeIndex(index, owner, { casing, dialect }) {
  const config = index.config;
  const place = placeFor(config.columns);
  if (!config.name && config.columns.some(isSql)) throw new Problem("unnamedIndex", [owner.name], place);
  for (const column of config.columns) {
    genuine(column, owner.name, place);
    if (column.type === "PgVector" && column.indexConfig?.opClass === undefined)
      throw new Problem("vectorIndexWithoutOperatorClass", [config.name ?? "", owner.name], place);
  }
  const names = config.columns.map((column) => columnName(column, casing));
  return {
    name: text(config.name || `${owner.name}_${names.join("_")}_index`, owner.name, place),
    columns: config.columns.map((column) => describeIndexColumn(column, casing, dialect, owner, place)),
    isUnique: config.unique ?? false,
    where: config.where ? sqlText(dialect, config.where, owner.name, place) : "",
    concurrently: config.concurrently ?? false,
    method: text(config.method ?? "btree", owner.name, place),
    with: parameters(config.with),
    origin: origin("", place),
  };
}

/** Index names are unique in a schema, over all its tables; \a indexNames holds those that were seen. */
function describeIndexes(indexes, owner, context) {
  const seen = (context.indexNames[owner.schema] ??= {});
  return indexes.map((index) => {
    const described = describeIndex(index, owner, context);
    seen[unlessTaken(seen, described.name, "duplicateIndex", owner.name, placeFor(index.config.columns))] = true;
    return described;
  });
}

function describeChecks(checks, owner, dialect) {
  const found = {};
  for (const check of checks) {
    const place = placeFor(check.value);
    const name = unlessTaken(found, text(check.name, owner.name, place), "duplicateCheck", owner.name, place);
    found[name] = { name, expression: sqlText(dialect, check.value, owner.name, place), origin: origin("", place) };
  }
  return Object.values(found);
}

const roleName = (role) => (orm.is(role, pg.PgRole) ? role.name : role);

export function describePolicy(policy, name, dialect) {
  const place = placeFor(policy);
  const expression = (value) => (isSql(value) ? sqlText(dialect, value, name, place) : undefined);
  return {
    name: text(policy.name, name, place),
    as: policy.as?.toUpperCase() ?? "PERMISSIVE",
    command: policy.for?.toUpperCase() ?? "ALL",
    roles: [policy.to || "public"].flat().map((role) => text(roleName(genuine(role, name, place)), name, place)).sort(),
    using: expression(policy.using),
    withCheck: expression(policy.withCheck),
    origin: origin("", place),
  };
}

function describePolicies(policies, owner, dialect) {
  const found = {};
  for (const policy of policies) {
    const described = describePolicy(policy, owner.name, dialect);
    found[unlessTaken(found, described.name, "duplicatePolicy", owner.name, placeFor(policy))] = described;
  }
  return Object.values(found);
}

const orderLeaks = ({ indexes }) => indexes.some(({ config }) => config.only && config.method === "btree");

/** drizzle-orm's description of \a table, and what the table's callback for indexes and constraints returned. It must
 *  not be called once more for that: an order given to a column for onOnly() is the column's own from then on. */
function configOf(table, context) {
  const builder = pg.PgTable.Symbol.ExtraConfigBuilder;
  const build = table[builder];
  let extras;
  if (build) table[builder] = (columns) => (extras = build.call(table, columns));
  try {
    const config = pg.getTableConfig(table);
    context.orderLeaks.set(table, orderLeaks(config));
    return { config, extras };
  } finally {
    if (build) table[builder] = build;
  }
}

/** drizzle-kit looks at the target of every foreign key, which lets the orders of its onOnly() indexes leak. */
function lookAt(table, context) {
  if (context.orderLeaks.get(table) !== false) configOf(table, context);
}

/** drizzle-orm ignores what it does not know among a table's indexes and constraints; a stand-in there is one lost. */
function refuseForeignExtras(extras, owner) {
  for (const extra of Array.isArray(extras) ? extras.flat(1) : Object.values(extras ?? {}))
    genuine(extra, owner.name, owner.place);
}

/** \a exportName is the TypeScript name; \a context is {dialect, casing, indexNames, orderLeaks}. */
export function describeTable(table, exportName, context) {
  const place = placeFor(table);
  const { config, extras } = configOf(table, context);
  const owner = {
    name: text(config.name, exportName, place),
    schema: text(config.schema, exportName, place),
    place,
  };
  refuseForeignExtras(extras, owner);
  const columns = {};
  for (const [key, column] of Object.entries(orm.getTableColumns(table))) {
    const described = describeColumn(column, key, owner, context);
    columns[described.name] = described;
  }
  const foreignKeys = {};
  for (const foreignKey of config.foreignKeys) {
    const described = describeForeignKey(foreignKey, owner, context);
    foreignKeys[described.name] = described;
  }
  return {
    schema: owner.schema,
    name: owner.name,
    columns: Object.values(columns),
    indexes: describeIndexes(config.indexes, owner, context),
    foreignKeys: Object.values(foreignKeys),
    primaryKeys: describePrimaryKeys(config.primaryKeys, context.casing, place),
    uniques: describeUniques(config.columns, config.uniqueConstraints, table, owner, context.casing),
    checks: describeChecks(config.checks, owner, context.dialect),
    policies: describePolicies(config.policies, owner, context.dialect),
    rowLevelSecurity: Boolean(config.enableRLS),
    origin: origin(exportName, place),
  };
}
