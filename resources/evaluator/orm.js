// SPDX-License-Identifier: GPL-3.0-or-later
// The drizzle-orm of this evaluation. It comes with the request and not with the prelude: the project's own version
// when that is installed, else ours. What a version does not have is undefined here, and everything that uses
// these objects asks before it does.

/** "0.45.4" */
export let version;
/** The exports of "drizzle-orm". */
export let orm = {};
/** The exports of "drizzle-orm/pg-core". */
export let pg = {};
/** The exports of "drizzle-orm/casing", which 0.36 brought and 1.0 took away; else empty. */
export let casingFunctions = {};

let modules = {};

/** \a drizzle is {version, modules: {specifier: () => exports}}, the value of a file like drizzle.js. */
export function useDrizzle(drizzle) {
  version = drizzle.version;
  modules = drizzle.modules;
  orm = drizzleModule("drizzle-orm");
  pg = drizzleModule("drizzle-orm/pg-core");
  casingFunctions = drizzleModule("drizzle-orm/casing") ?? {};
}

/** What `require(specifier)` answers, undefined when this version has no such module. */
export const drizzleModule = (specifier) => (Object.hasOwn(modules, specifier) ? modules[specifier]() : undefined);
