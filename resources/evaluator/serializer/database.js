// SPDX-License-Identifier: GPL-3.0-or-later
// From what the schema files export to one database in Sluice's JSON form, which src/schema/json.h documents.
// The order is drizzle-kit's: files as they are listed, in each the exports as its module object lists them.
import { orm, pg } from "../orm.js";
import { Problem, notice } from "../problems.js";
import { markedName, standInName } from "../standins.js";
import { placeFor } from "../trace.js";
import { describeRelations } from "./relations.js";
import { describePolicy, describeTable } from "./table.js";
import { describeView } from "./view.js";
import { genuine, origin, sequenceOptions, text } from "./text.js";

const bigint = { lowest: "-9223372036854775808", highest: "9223372036854775807" };

const kinds = {
  enums: (value) => pg.isPgEnum(value),
  tables: (value) => orm.is(value, pg.PgTable),
  schemas: (value) => orm.is(value, pg.PgSchema),
  views: (value) => pg.isPgView(value),
  materializedViews: (value) => pg.isPgMaterializedView(value),
  sequences: (value) => pg.isPgSequence(value),
  roles: (value) => orm.is(value, pg.PgRole),
  policies: (value) => orm.is(value, pg.PgPolicy),
  relations: (value) => orm.is(value, orm.Relations),
};

/** An object without a prototype, which drizzle-orm cannot ask what it is. */
const isBare = (value) => typeof value === "object" && Object.getPrototypeOf(value) === null;

/** {kind: [[object, export name]…]}. An object that is exported again counts once, under its first name; but of two
 *  enums or roles of one name drizzle-kit takes the one that was exported last, so of these every export counts. */
function collect(files) {
  const found = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
  const names = new Map();
  for (const { file, exports } of files) {
    for (const [name, value] of Object.entries(exports)) {
      const packageName = markedName(name);
      if (packageName !== undefined) throw new Problem("standInExports", [packageName], { file });
      if (value === null || standInName(value) !== undefined || isBare(value)) continue;
      const kind = Object.keys(kinds).find((candidate) => kinds[candidate](value));
      if (!kind || (names.has(value) && !["enums", "roles"].includes(kind))) continue;
      if (!names.has(value)) names.set(value, name);
      found[kind].push([value, names.get(value)]);
    }
  }
  return found;
}

function describeEnum(type, exportName) {
  const place = placeFor(type);
  const what = text(type.enumName, exportName, place);
  const values = genuine(type.enumValues, what, place);
  return {
    schema: text(type.schema, exportName, place),
    name: what,
    values: Array.from(values, (value) => text(value, what, place)),
    origin: origin(exportName, place),
  };
}

const describeSequence = (sequence, exportName) => ({
  schema: text(sequence.schema, exportName, placeFor(sequence)),
  name: text(sequence.seqName, exportName, placeFor(sequence)),
  ...sequenceOptions(sequence.seqOptions, bigint),
  origin: origin(exportName, placeFor(sequence)),
});

const describeRole = (role, exportName) => ({
  name: text(role.name, exportName, placeFor(role)),
  createDb: role.createDb ?? false,
  createRole: role.createRole ?? false,
  inherit: role.inherit ?? true,
  origin: origin(exportName, placeFor(role)),
});

/** A policy that was linked to a table is that table's; to one that is not in the schema, it stands alone. */
function placePolicies(policies, tables, dialect) {
  const alone = [];
  for (const [policy, exportName] of policies) {
    const place = placeFor(policy);
    if (!policy._linkedTable) {
      notice("policyWithoutTable", [policy.name], place);
      continue;
    }
    const name = orm.getTableName(policy._linkedTable);
    const schema = policy._linkedTable[pg.PgTable.Symbol.Schema];
    const table = tables[`${schema ?? ""}.${name}`];
    const described = { ...describePolicy(policy, exportName, dialect), origin: origin(exportName, place) };
    const others = table ? table.policies : alone;
    if (others.some((other) => other.name === described.name))
      throw new Problem("duplicatePolicy", [described.name, name], place);
    const on = { onSchema: schema ?? "public", on: `"${schema ?? "public"}"."${name}"` };
    others.push(table ? described : { ...described, ...on });
  }
  return alone;
}

function describeViews(found, context) {
  const views = {};
  for (const [kind, materialized] of [["views", false], ["materializedViews", true]]) {
    for (const [view, exportName] of found[kind]) {
      const described = describeView(view, exportName, materialized, context);
      const key = `${described.schema}.${described.name}`;
      if (views[key]) throw new Problem("duplicateView", [described.name], placeFor(view));
      views[key] = described;
    }
  }
  return Object.values(views);
}

/** What \a describe makes of each object, one per schema and name: a later one takes an earlier one's place, or with
 *  \a firstStays the earlier one stays. */
function describeAll(objects, describe, firstStays = false) {
  const result = {};
  for (const [object, exportName] of objects) {
    const described = describe(object, exportName);
    const key = `${described.schema ?? ""}.${described.name}`;
    if (!firstStays || !Object.hasOwn(result, key)) result[key] = described;
  }
  return result;
}

export function serialize(files, casing) {
  const found = collect(files);
  const context = { dialect: new pg.PgDialect({ casing }), casing, indexNames: {}, orderLeaks: new Map() };
  const tables = describeAll(found.tables, (table, exportName) => describeTable(table, exportName, context));
  const linkedPolicies = placePolicies(found.policies, tables, context.dialect);
  const schemas = found.schemas.map(([schema]) => text(schema.schemaName, "schema", placeFor(schema)));
  const roles = found.roles.filter(([role]) => !role._existing);
  return {
    format: "sluice-schema",
    version: 1,
    schemas: [...new Set(schemas)].filter((name) => name !== "public"),
    tables: Object.values(tables),
    enums: Object.values(describeAll(found.enums, describeEnum)),
    sequences: Object.values(describeAll(found.sequences, describeSequence, true)),
    roles: Object.values(describeAll(roles, describeRole)),
    views: describeViews(found, context),
    linkedPolicies,
    relations: found.relations.flatMap(([relations]) => describeRelations(relations, casing)),
  };
}
