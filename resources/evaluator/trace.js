// SPDX-License-Identifier: GPL-3.0-or-later
// Remembers where in the project's code the parts of a schema were made. Nothing is parsed: the stack is read
// when drizzle-orm makes the object, so helpers, spreads and loops all answer with a true line.
import { drizzleModule, legacyRelations, orm, pg } from "./orm.js";
import { here, locating, newKind, originIn } from "./places.js";
import { describe, problem, withoutSql } from "./problems.js";

// Nothing of a schema is garbage before the end, and looking into a Map takes half as long as into a WeakMap.
const traces = new Map();
const referenceTraces = new Map();
const relationTraces = new Map();

/** What the project made, exported or not. */
export const made = { tables: new Set(), enums: new Set(), views: new Set(), definedRelations: new Set() };

function mark(object, kind) {
  if (object === null || (typeof object !== "object" && typeof object !== "function")) return object;
  const places = here(kind);
  if (places) traces.set(object, places);
  return object;
}

/** {definition, use} of \a object, as here() gave them when it was made. */
export const placesFor = (object) => traces.get(object);

/** Where \a object is defined. */
export const placeFor = (object) => traces.get(object)?.definition;

/** The origin of \a object under \a name; \a owner is the table or view that it is a part of. */
export const originFor = (name, object, owner) => originIn(name, traces.get(object), owner && traces.get(owner));

/** Places of the calls of .references() on the builder with \a config, in their order. */
export const placesOfReferences = (config) => referenceTraces.get(config) ?? [];

/** The places of the relation \a key of a relations() object, else those of the call of relations(). */
export const placesOfRelation = (relations, key) => relationTraces.get(relations)?.places[key] ?? traces.get(relations);

/** The function that relations() was given. */
export const callbackOfRelations = (relations) => relationTraces.get(relations)?.callback;

// What calls of several functions make.
const aColumn = newKind(), aTable = newKind(), aRelation = newKind(), aRelations = newKind();

/** Makes \a constructor's new objects, of \a kind, marked by \a keyOf. */
function traceConstruction(constructor, kind, keyOf) {
  if (!constructor) return;
  const parent = Object.getPrototypeOf(constructor);
  class Traced extends parent {
    constructor(...args) {
      super(...args);
      mark(keyOf(this), kind);
    }
  }
  // Between the class and its parent: super() finds it at run time.
  Object.setPrototypeOf(constructor, Traced);
}

/**
 * Marks the configs of column builders, the one object that the column they become still holds. Until 0.45 their class
 * has a parent to stand before. In 1.0 it has none, so that we stand between it and each class below it.
 */
function traceColumnBuilders() {
  const config = (builder) => builder.config;
  if (Object.getPrototypeOf(pg.PgColumnBuilder) !== Function.prototype) {
    traceConstruction(pg.PgColumnBuilder, aColumn, config);
    return;
  }
  const below = new Set();
  for (const value of Object.values(pg)) {
    let type = value;
    while (typeof type === "function" && Object.getPrototypeOf(type) !== pg.PgColumnBuilder) type = Object.getPrototypeOf(type);
    if (typeof type === "function") below.add(type);
  }
  for (const type of below) traceConstruction(type, aColumn, config);
}

function traceMethods(constructor, names, keyOf) {
  for (const name of names) {
    const original = constructor?.prototype[name];
    if (original) constructor.prototype[name] = traced(original, keyOf);
  }
}

const itself = (object) => object;

function traced(original, keyOf) {
  const kind = newKind();
  const make = function (...args) {
    const result = original.apply(this, args);
    mark(keyOf(result), kind);
    return result;
  };
  return locating(make, kind);
}

/** \a make, whose calls make what traceConstruction() marks, with the functions that are its members. */
const locatingAll = (make, kind) => Object.assign(locating(make, kind), make);

const collecting = (set) => (object) => {
  set.add(object);
  return object;
};

function traceReferences() {
  const original = pg.PgColumnBuilder.prototype.references, kind = newKind();
  const references = function (...args) {
    const places = here(kind);
    const known = referenceTraces.get(this.config);
    if (known) known.push(places);
    else referenceTraces.set(this.config, [places]);
    return original.apply(this, args);
  };
  pg.PgColumnBuilder.prototype.references = locating(references, kind);
}

/** one() and many() as relations() hands them out: one that throws costs itself and not what is next to it. */
const guarded = (make) =>
  locating(function (...args) {
    try {
      return mark(make.apply(this, args), aRelation);
    } catch (error) {
      return mark({ failed: error, withFieldName: () => ({ failed: error }) }, aRelation);
    }
  }, aRelation);

const tracedRelations = locating(function (table, config) {
  const places = {};
  const result = legacyRelations.relations(table, (helpers) => {
    const described = config({ one: guarded(helpers.one), many: guarded(helpers.many) });
    for (const key of Object.keys(described)) places[key] = traces.get(described[key]);
    return described;
  });
  relationTraces.set(result, { places, callback: config });
  return mark(result, aRelations);
}, aRelations);

const tracedTables = (functions) =>
  Object.fromEntries(Object.entries(functions).map(([name, make]) => [name, traced(make, itself)]));

/** defineRelations() or defineRelationsPart(): what they throw costs the relations and not the file. */
const tracedDefinition = (define) =>
  function (schema, config) {
    const places = here();
    const traces = (helpers) =>
      config(
        Object.assign(Object.create(Object.getPrototypeOf(helpers)), helpers, {
          one: tracedTables(helpers.one),
          many: tracedTables(helpers.many),
        }),
      );
    try {
      const result = define(schema, config && traces);
      made.definedRelations.add(result);
      return result;
    } catch (error) {
      withoutSql(() => problem("relationsThrow", [describe(error)], places?.definition));
      return {};
    }
  };

/** Puts traced functions in the place of the \a names of \a object. */
function traceMembers(object, names) {
  for (const name of names) if (object[name]) object[name] = traced(object[name], itself);
}

/** A PgSchema's own functions are members of each object. */
function tracedSchema(schema) {
  // A variable that is not set; the tables would silently be those of `public`.
  if (schema.schemaName === undefined) problem("schemaWithoutName", [], here()?.definition);
  traceMembers(schema, ["sequence", "view", "materializedView"]);
  if (typeof schema.table === "function") schema.table = locatingAll(schema.table, aTable);
  return schema;
}

/** A view is where its builder is, above the columns, and not where as() ends it. */
function traceViews(constructor) {
  for (const name of ["as", "existing"]) {
    const original = constructor?.prototype[name];
    if (!original) continue;
    constructor.prototype[name] = function (...args) {
      const view = original.apply(this, args);
      const places = traces.get(this) ?? here();
      if (places) traces.set(view, places);
      made.views.add(view);
      return view;
    };
  }
}

/** drizzle-orm's functions → those that take their place in what the project imports. */
export const replacements = new Map();

// What makes columns, and runs nothing of the project meanwhile.
const columnFunctions = [
  "bigint", "bigserial", "bit", "boolean", "bytea", "char", "cidr", "date", "decimal", "doublePrecision", "geometry",
  "halfvec", "inet", "integer", "interval", "json", "jsonb", "line", "macaddr", "macaddr8", "numeric", "point", "real",
  "serial", "smallint", "smallserial", "sparsevec", "text", "time", "timestamp", "uuid", "varchar", "vector",
];

const keysOfTraced = {
  check: (builder) => builder.value,
  foreignKey: (builder) => builder.reference,
  pgEnum: collecting(made.enums),
  pgMaterializedView: itself,
  pgPolicy: itself,
  pgRole: itself,
  pgSchema: tracedSchema,
  pgSequence: itself,
  pgView: itself,
  primaryKey: (builder) => builder.columns,
};

/** Makes the drizzle-orm in use leave traces. */
export function traceDrizzle() {
  traceColumnBuilders();
  traceReferences();
  traceConstruction(pg.PgTable, aTable, collecting(made.tables));
  traceMethods(pg.PgColumn, ["toBuilder"], (builder) => builder.config);
  traceMethods(pg.IndexBuilderOn, ["on", "onOnly", "using"], (builder) => builder.config.columns);
  traceMethods(pg.UniqueOnConstraintBuilder, ["on"], (builder) => builder.columns);
  traceMethods(pg.PgSchema, ["enum"], collecting(made.enums));
  for (const view of ["ViewBuilder", "ManualViewBuilder", "MaterializedViewBuilder", "ManualMaterializedViewBuilder"])
    traceViews(pg[view]);
  for (const casing of [pg.snakeCase, pg.camelCase]) {
    if (!casing) continue;
    traceMembers(casing, ["view", "materializedView"]);
    casing.schema = traced(casing.schema, tracedSchema);
  }
  for (const name of columnFunctions) if (pg[name]) replacements.set(pg[name], locating(pg[name], aColumn));
  replacements.set(pg.customType, (...args) => locating(pg.customType(...args), aColumn));
  replacements.set(pg.pgTable, locatingAll(pg.pgTable, aTable));
  if (pg.pgTableCreator) replacements.set(pg.pgTableCreator, (...args) => locating(pg.pgTableCreator(...args), aTable));
  for (const [name, keyOf] of Object.entries(keysOfTraced)) {
    if (pg[name]) replacements.set(pg[name], traced(pg[name], keyOf));
  }
  if (legacyRelations.relations) replacements.set(legacyRelations.relations, tracedRelations);
  for (const name of ["defineRelations", "defineRelationsPart"])
    if (orm[name]) replacements.set(orm[name], tracedDefinition(orm[name]));
}
