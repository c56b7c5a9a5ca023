// SPDX-License-Identifier: GPL-3.0-or-later
// Packages that are not part of a schema are not loaded. In their place stands an object that can be called, constructed
// and read at any depth, and that remembers which package it came from. When it reaches the schema, that is noticed:
// as an object by standInName(), as part of a text by the mark that it turns into. Looped over or spread, it gives one
// item, another stand-in under a marked name, so that what is missing leaves a trace.
import { isA, orm } from "./orm.js";
import { here } from "./places.js";
import { problem } from "./problems.js";

const names = new WeakMap();
const packages = new Map();
const used = new Map();
const files = new Set();
const numbers = new Map();
const markStart = "\uE000";
const markEnd = "\uE001";

// Most schemas do without: then nothing has to be looked at.
let any = false;

/** \a name as it is seen in a text. */
export function markOf(name) {
  any = true;
  return `${markStart}${name}${markEnd}`;
}

/** Whether there is a stand-in, or a mark in some text. */
export const areStandIns = () => any;

/** "package.member" when \a value is a stand-in, else undefined. */
export const standInName = (value) =>
  any && value !== null && (typeof value === "object" || typeof value === "function") ? names.get(value) : undefined;

/** The name in the first mark of a text, else undefined. */
export function markedName(text) {
  if (!any) return undefined;
  const start = text.indexOf(markStart);
  if (start < 0) return undefined;
  const end = text.indexOf(markEnd, start);
  return text.slice(start + 1, end < 0 ? undefined : end);
}

/** The package that a stand-in's \a name belongs to. */
export const packageOf = (name) => packages.get(name) ?? name;

/** Whether \a name is of a file of the project, which cannot be compiled, or of a member of it. */
export const isOfFile = (name) => files.has(packageOf(name));

/** [package, place of its first use] of every package that was used and not only imported. */
export const packagesUsed = () => [...used];

/** {package: {name, place}} of the first stand-in of each package that was computed with as a number: that gives NaN. */
export const usedAsNumbers = () => numbers;

/** Whether \a value has columns of drizzle-orm in it: what gets them makes a table of them, or more columns. */
function hasColumns(value) {
  if (value === null || typeof value !== "object" || standInName(value) !== undefined || Array.isArray(value)) return false;
  try {
    return Object.values(value).some((item) => standInName(item) === undefined && isA(item, orm.ColumnBuilder));
  } catch {
    return false;
  }
}

/**
 * \a owner is the package; a member has its package's. \a listed is whether it shows that it has members: `export *` of
 * one is then noticed. What is not listed is a file of the project and no package.
 */
export function standIn(name, { owner = name, listed = true } = {}) {
  packages.set(name, owner);
  if (!listed) files.add(owner);
  const members = new Map();
  const mark = markOf(name);
  // A function, so that it can be called and constructed; bound, so that it has no `prototype` of its own to show.
  const target = function () {}.bind();
  const member = (key) => {
    if (!members.has(key)) members.set(key, standIn(`${name}.${String(key)}`, { owner, listed }));
    return members.get(key);
  };
  const use = () => {
    if (listed && !used.has(owner)) used.set(owner, here()?.definition);
  };
  const noteColumns = (args) => {
    if (!args.some(hasColumns)) return;
    if (listed) problem("standInGetsColumns", [name], here()?.definition);
    else problem("brokenFileNeeded", [owner], here()?.definition);
  };
  const proxy = new Proxy(target, {
    get(_, key) {
      if (key === "then") return undefined; // not a promise
      if (key === "__esModule") return true;
      if (key === "length") return undefined;
      if (key === Symbol.toPrimitive)
        return (hint) => {
          if (hint === "number" && !numbers.has(owner)) numbers.set(owner, { name, place: here()?.definition });
          return mark;
        };
      if (key === "toString" || key === "toJSON") return () => mark;
      if (key === Symbol.iterator)
        return function* () {
          yield member("[]");
        };
      if (typeof key === "symbol") return undefined;
      // Part of an SQL, it is rendered as its mark; asked for its own SQL, it would answer without end.
      if (key === "getSQL" && orm.sql) return () => orm.sql.raw(mark);
      if (key === mark) return member("*");
      use();
      return member(key);
    },
    set(_, key, value) {
      members.set(key, value);
      return true;
    },
    has: (_, key) => typeof key !== "symbol",
    apply: (_, __, args) => (use(), noteColumns(args), standIn(`${name}()`, { owner, listed })),
    construct: (_, args) => (use(), noteColumns(args), standIn(`new ${name}()`, { owner, listed })),
    // Bundlers copy a module with Object.create(getPrototypeOf(module)): that copy has to answer too.
    getPrototypeOf: () => prototype,
    ownKeys: () => (listed ? [mark] : []),
    getOwnPropertyDescriptor: (_, key) =>
      listed && key === mark ? { value: member("*"), enumerable: true, configurable: true, writable: true } : undefined,
    deleteProperty: () => true,
    defineProperty: () => true,
  });
  const prototype = new Proxy(
    {},
    { get: (_, key) => (key === "constructor" ? proxy : Reflect.get(proxy, key)), has: (_, key) => typeof key !== "symbol" },
  );
  names.set(proxy, name);
  return proxy;
}

/** A module of which \a own is known; its other members are those of the stand-in \a unknown. */
export const partlyKnown = (own, unknown) =>
  new Proxy(Object.defineProperty({ ...own }, "__esModule", { value: true }), {
    get: (target, key) => (Object.hasOwn(target, key) ? target[key] : unknown[key]),
  });
