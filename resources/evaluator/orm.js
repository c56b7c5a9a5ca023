// SPDX-License-Identifier: GPL-3.0-or-later
// The drizzle-orm of this evaluation. It comes with the request and not with the prelude: the project's own version
// when that is installed, else ours. What a version does not have is undefined here, and everything that uses
// these objects asks before it does. What came when, as far as a schema shows it:
//   0.29  primaryKey({ columns })          0.30  a schema's enums, $onUpdate
//   0.31  index methods, and order and operator class by column instead of by index
//   0.32  sequences, identity, generated columns
//   0.36  policies, roles, casing of the config, extras as an array
//   0.44  enums from objects
//   1.0   dimensions instead of PgArray, defineRelations, casing by table function instead of by config

/** "0.45.4" */
export let version;
/** The exports of "drizzle-orm". */
export let orm = {};
/** The exports of "drizzle-orm/pg-core". */
export let pg = {};
/** The exports of "drizzle-orm/casing" where casing is the config's (0.36 to 0.45), else empty. */
export let configCasing = {};
/** What relations() is made with: the exports of "drizzle-orm", in 1.0 those of "drizzle-orm/_relations". */
export let legacyRelations = {};
/** Whether drizzle-kit 1.0 is the one that reads the schema: it makes other names and other SQL. */
export let isVersion1 = false;

let modules = {};

/** \a drizzle is {version, modules: {specifier: () => exports}}, the value of a file like drizzle.js. */
export function useDrizzle(drizzle) {
  version = String(drizzle.version ?? "");
  modules = drizzle.modules;
  orm = drizzleModule("drizzle-orm") ?? {};
  pg = drizzleModule("drizzle-orm/pg-core") ?? {};
  const casing = drizzleModule("drizzle-orm/casing");
  configCasing = casing?.CasingCache ? casing : {};
  isVersion1 = /^[1-9]/.test(version);
  legacyRelations = orm.relations ? orm : drizzleModule("drizzle-orm/_relations") ?? {};
}

/** What `require(specifier)` answers, undefined when this version has no such module. */
export const drizzleModule = (specifier) => (Object.hasOwn(modules, specifier) ? modules[specifier]() : undefined);

/** Whether \a value is of a class of drizzle-orm; never of one that this version does not have. */
export const isA = (value, type) => type !== undefined && orm.is(value, type);
