// SPDX-License-Identifier: GPL-3.0-or-later
// From what the schema files export to one database in Sluice's JSON form, which src/schema/json.h documents.
// The order is drizzle-kit's: files as they are listed, in each the exports as its module object lists them.
import { configCasing, isA, legacyRelations, orm, pg } from "../orm.js";
import { Problem, attempt, notice, problem, softly } from "../problems.js";
import { markedName, packageOf, standInName } from "../standins.js";
import { made, originFor, placeFor } from "../trace.js";
import { placePolicies } from "./policy.js";
import { describeRelations } from "./relations.js";
import { describeTable } from "./table.js";
import { describeView } from "./view.js";
import { genuine, packagesInSchema, sequenceOptions, text } from "./text.js";

const bigint = { lowest: "-9223372036854775808", highest: "9223372036854775807" };

const kinds = {
  enums: (value) => pg.isPgEnum(value),
  tables: (value) => isA(value, pg.PgTable),
  schemas: (value) => isA(value, pg.PgSchema),
  views: (value) => isA(value, pg.PgView),
  materializedViews: (value) => isA(value, pg.PgMaterializedView),
  sequences: (value) => isA(value, pg.PgSequence),
  roles: (value) => isA(value, pg.PgRole),
  policies: (value) => isA(value, pg.PgPolicy),
  relations: (value) => isA(value, legacyRelations.Relations),
};
const kindNames = Object.keys(kinds);

/** An object without a prototype, which drizzle-orm cannot ask what it is. */
const isBare = (value) => typeof value === "object" && Object.getPrototypeOf(value) === null;

/**
 * {kind: [[object, export name]…]}. An object that is exported again counts once, under its first name; but of two
 * enums or roles of one name drizzle-kit takes the one that was exported last, so of these every export counts.
 */
function collect(files) {
  const found = Object.fromEntries(kindNames.map((kind) => [kind, []]));
  const names = new Map();
  const isPart = (value) => value !== null && (typeof value === "object" || typeof value === "function");
  const add = (exports, name) => {
    const value = exports[name];
    if (!isPart(value) || standInName(value) !== undefined || isBare(value)) return;
    const kind = kindNames.find((candidate) => kinds[candidate](value));
    if (!kind || (names.has(value) && !["enums", "roles"].includes(kind))) return;
    if (!names.has(value)) names.set(value, name);
    found[kind].push([value, names.get(value)]);
  };
  for (const { file, exports } of files) {
    if (!isPart(exports) || standInName(exports) !== undefined) continue;
    for (const name of attempt(() => Object.keys(exports), "fileThrows", [file], { file }) ?? []) {
      const packageName = markedName(name);
      if (packageName === undefined) {
        attempt(() => add(exports, name), "exportThrows", [name], { file });
        continue;
      }
      packagesInSchema.add(packageOf(packageName));
      problem("standInExports", [packageName], { file });
    }
  }
  return found;
}

function describeEnum(type, exportName) {
  const place = placeFor(type);
  const what = text(type.enumName, exportName, place);
  const values = genuine(type.enumValues, what, place);
  if (values.length === 0) genuine(NaN, what, place); // none, when a stand-in says how many
  return {
    schema: text(type.schema, exportName, place),
    name: what,
    values: Array.from(values, (value) => text(value, what, place)),
    origin: originFor(exportName, type),
  };
}

const describeSequence = (sequence, exportName) => ({
  schema: text(sequence.schema, exportName, placeFor(sequence)),
  name: text(sequence.seqName, exportName, placeFor(sequence)),
  ...sequenceOptions(genuine(sequence.seqOptions, exportName, placeFor(sequence)), bigint, exportName, placeFor(sequence)),
  origin: originFor(exportName, sequence),
});

function describeRole(role, exportName) {
  const option = (name, otherwise) => Boolean(genuine(role[name], exportName, placeFor(role)) ?? otherwise);
  return {
    name: text(role.name, exportName, placeFor(role)),
    createDb: option("createDb", false),
    createRole: option("createRole", false),
    inherit: option("inherit", true),
    origin: originFor(exportName, role),
  };
}

function describeViews(found, context) {
  const views = new Map();
  for (const [kind, materialized] of [["views", false], ["materializedViews", true]]) {
    for (const [view, exportName] of found[kind]) {
      const read = () => {
        const described = describeView(view, exportName, materialized, context);
        const key = `${described.schema}.${described.name}`;
        if (views.has(key)) throw new Problem("duplicateView", [described.name], placeFor(view));
        views.set(key, described);
      };
      attempt(read, "partThrows", [exportName], placeFor(view));
    }
  }
  return [...views.values()];
}

/**
 * What \a describe makes of each object, one per schema and name: a later one takes an earlier one's place, or with
 * \a firstStays the earlier one stays, as drizzle-kit has it; but not without a word.
 */
function describeAll(objects, describe, firstStays = false) {
  const result = new Map();
  for (const [object, exportName] of objects) {
    const place = placeFor(object);
    const described = attempt(() => describe(object, exportName), "partThrows", [exportName], place);
    if (!described) continue;
    const key = `${described.schema ?? ""}.${described.name}`, earlier = result.get(key);
    if (earlier && earlier.object !== object) {
      if (firstStays) {
        problem("declaredTwice", [described.name, earlier.exportName], place);
        continue;
      }
      problem("declaredBefore", [described.name, exportName], earlier.place);
      problem("declaredAgain", [described.name, earlier.exportName], place);
    }
    result.set(key, { described, object, exportName, place });
  }
  return new Map([...result].map(([key, { described }]) => [key, described]));
}

/** The name of \a table for people: with its schema, unless that is the usual one. */
function qualified(table) {
  const schema = table[pg.PgTable.Symbol.Schema], name = table[pg.PgTable.Symbol.Name];
  return schema ? `${schema}.${name}` : name;
}

/** A table or enum that the project makes and no schema file exports is not part of the schema, to drizzle-kit. */
function noticeForgotten(found, tables, reported) {
  const { Name, Schema } = pg.PgTable.Symbol;
  const viewNames = new Set([...made.views].map((view) => pg.getViewConfig(view).name));
  const forgotten = (objects, exported, name) => {
    const known = new Set(exported.map(([object]) => object));
    const isNamed = (object) => typeof name(object) === "string" && markedName(name(object)) === undefined;
    return [...objects].filter((object) => placeFor(object) && !known.has(object) && isNamed(object));
  };
  for (const table of forgotten(made.tables, found.tables, (table) => table[Name])) {
    // A view with declared columns makes a table to hold them, without the view's schema; a table may be exported in
    // a wrapper.
    const isOfView = !table[Schema] && viewNames.has(table[Name]);
    if (!isOfView && !reported.has(table) && !tables.has(`${table[Schema] ?? ""}.${table[Name]}`))
      notice("tableNotExported", [qualified(table)], placeFor(table));
  }
  for (const type of forgotten(made.enums, found.enums, (type) => type.enumName))
    notice("enumNotExported", [type.enumName], placeFor(type));
}

/**
 * Foreign keys to tables that the project declares and does not export; returns these tables. Those of other programs
 * have no place. A schema that nothing exported is in belongs to another program too, such as the one of a login
 * service: drizzle-kit makes the key, and the table has to be there.
 */
function reportTargets(targets, found, tables) {
  const { Schema } = pg.PgTable.Symbol;
  const exported = new Set(found.tables.map(([table]) => table));
  const own = new Set([...tables.values()].map(({ schema }) => schema));
  for (const [schema] of found.schemas) if (!schema.isExisting) own.add(schema.schemaName);
  const reported = new Set();
  for (const { table, name, owner, place } of targets) {
    if (exported.has(table) || tables.has(`${table[Schema] ?? ""}.${name}`) || !placeFor(table)) continue;
    reported.add(table);
    if (table[Schema] && !own.has(table[Schema])) notice("targetOfOthers", [owner.name, qualified(table)], place);
    else problem("targetNotExported", [owner.name, qualified(table)], place);
  }
  return reported;
}

const describeSchemas = (schemas) =>
  schemas
    .filter(([schema]) => !schema.isExisting)
    .flatMap(([schema]) => attempt(() => text(schema.schemaName, "schema", placeFor(schema)), "partThrows", ["schema"], placeFor(schema)) ?? []);

/** All relations: those of the schema, and of files beside it, which may be about more than the schema. */
function readRelations(found, beside, casing, isKnown) {
  if (beside.length === 0) return describeRelations(found.relations, casing, isKnown);
  return softly(() => {
    const own = new Set(found.relations.map(([relations]) => relations));
    const others = collect(beside).relations.filter(([relations]) => !own.has(relations));
    return describeRelations([...found.relations, ...others], casing, isKnown);
  });
}

/**
 * \a complete is whether all schema files could be loaded. \a loadBeside loads the files beside the schema,
 * [{file, exports}…], when everything else is read.
 */
export function serialize(files, casing, complete, loadBeside) {
  const found = collect(files);
  // A casing of the config is for the versions that read one.
  const wanted = configCasing.CasingCache ? casing : undefined;
  const context = { dialect: new pg.PgDialect(wanted && { casing: wanted }), casing: wanted, indexNames: {}, targets: [], orderLeaks: new Map() };
  const tables = describeAll(found.tables, (table, exportName) => describeTable(table, exportName, context));
  const linkedPolicies = placePolicies(found.policies, (schema, name) => tables.get(`${schema}.${name}`), context.dialect);
  const roles = found.roles.filter(([role]) => !role._existing);
  const views = describeViews(found, context);
  const known = new Set([...tables.keys(), ...views.map(({ schema, name }) => `${schema}.${name}`)]);
  const reported = reportTargets(context.targets, found, tables);
  // What a file exports that could not be loaded is not known.
  if (complete) attempt(() => noticeForgotten(found, tables, reported), "partThrows", [""]);
  return {
    format: "sluice-schema",
    version: 1,
    schemas: [...new Set(describeSchemas(found.schemas))].filter((name) => name !== "public"),
    tables: [...tables.values()],
    enums: [...describeAll(found.enums, describeEnum).values()],
    sequences: [...describeAll(found.sequences, describeSequence, true).values()],
    roles: [...describeAll(roles, describeRole).values()],
    views,
    linkedPolicies,
    relations: readRelations(found, loadBeside(), wanted, ({ schema, name }) => known.has(`${schema}.${name}`)),
  };
}
