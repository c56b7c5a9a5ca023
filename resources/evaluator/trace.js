// SPDX-License-Identifier: GPL-3.0-or-later
// Remembers where in the project's code the parts of a schema were made. Nothing is parsed: a stack trace is
// taken when drizzle-orm makes the object, so helpers, spreads and loops all answer with a true line.
import { orm, pg } from "./orm.js";

const trace = globalThis.trace;
delete globalThis.trace;

const traces = new WeakMap();
const relationTraces = new WeakMap();
let projectFiles = {};

export function knowProjectFiles(modules) {
  projectFiles = modules;
}

function mark(object) {
  if (object !== null && (typeof object === "object" || typeof object === "function")) traces.set(object, trace());
  return object;
}

/** The innermost frame that lies in the project, or undefined. */
function placeOf(frame) {
  for (; frame; frame = frame.parent) {
    if (Object.hasOwn(projectFiles, frame.source))
      return { file: frame.source, line: frame.line, column: frame.column };
  }
  return undefined;
}

/** Where \a object was made. */
export const placeFor = (object) => placeOf(traces.get(object));

/** Where the relation \a key of a relations() object was written, else where relations() was called. */
export const placeOfRelation = (relations, key) =>
  placeOf(relationTraces.get(relations)?.[key]) ?? placeFor(relations);

/** Puts a class that marks between \a constructor and its parent: super() finds it at run time. */
function traceConstruction(constructor, keyOf) {
  const parent = Object.getPrototypeOf(constructor);
  class Traced extends parent {
    constructor(...args) {
      super(...args);
      mark(keyOf(this));
    }
  }
  Object.setPrototypeOf(constructor, Traced);
}

function traceMethods(constructor, names, keyOf) {
  for (const name of names) {
    const original = constructor.prototype[name];
    if (!original) continue;
    constructor.prototype[name] = function (...args) {
      const result = original.apply(this, args);
      mark(keyOf(result));
      return result;
    };
  }
}

const itself = (object) => object;

const traced = (original, keyOf) =>
  function (...args) {
    const result = original.apply(this, args);
    mark(keyOf(result));
    return result;
  };

function tracedRelations(table, describe) {
  const places = {};
  const result = orm.relations(table, (helpers) => {
    const described = describe({ one: traced(helpers.one, itself), many: traced(helpers.many, itself) });
    for (const key of Object.keys(described)) places[key] = traces.get(described[key]);
    return described;
  });
  relationTraces.set(result, places);
  return mark(result);
}

/** Functions that stand in the place of drizzle-orm's own of the same name, once it is traced. */
export const tracedFunctions = {};

const keysOfTraced = {
  check: (builder) => builder.value,
  foreignKey: (builder) => builder.reference,
  pgEnum: itself,
  pgPolicy: itself,
  pgRole: itself,
  pgSchema: itself,
  pgSequence: itself,
};

/** Makes the drizzle-orm in use leave traces. */
export function traceDrizzle() {
  // A builder's config is the one object that the column it becomes still holds.
  traceConstruction(pg.PgColumnBuilder, (builder) => builder.config);
  traceConstruction(pg.PgTable, itself);
  traceMethods(pg.IndexBuilderOn, ["on", "onOnly", "using"], (builder) => builder.config.columns);
  traceMethods(pg.UniqueOnConstraintBuilder, ["on"], (builder) => builder.columns);
  traceMethods(pg.PgSchema, ["enum"], itself);
  for (const view of ["ViewBuilder", "ManualViewBuilder", "MaterializedViewBuilder", "ManualMaterializedViewBuilder"])
    traceMethods(pg[view], ["as", "existing"], itself);
  for (const [name, keyOf] of Object.entries(keysOfTraced)) {
    if (pg[name]) tracedFunctions[name] = traced(pg[name], keyOf);
  }
  if (orm.relations) tracedFunctions.relations = tracedRelations;
}
