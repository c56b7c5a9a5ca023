// SPDX-License-Identifier: GPL-3.0-or-later
// Packages that are not part of a schema are not loaded. In their place stands an object that can be called, constructed
// and read at any depth, and that remembers which package it came from. When it reaches the schema, that is noticed:
// as an object by standInName(), as part of a text by the mark that it turns into.
import { notice } from "./problems.js";
import { placeOf } from "./trace.js";

const names = new WeakMap();
export const markStart = "\uE000";
export const markEnd = "\uE001";

/** "package.member" when \a value is a stand-in, else undefined. */
export const standInName = (value) =>
  value !== null && (typeof value === "object" || typeof value === "function") ? names.get(value) : undefined;

/** The name in the first mark of a text, else undefined. */
export function markedName(text) {
  const start = text.indexOf(markStart);
  if (start < 0) return undefined;
  const end = text.indexOf(markEnd, start);
  return text.slice(start + 1, end < 0 ? undefined : end);
}

const looped = (name) => notice("standInIterated", [name], placeOf(new Error()));

export function standIn(name) {
  const members = new Map();
  // A function, so that it can be called and constructed; its own properties must not shine through.
  const target = function () {};
  const member = (key) => {
    if (!members.has(key)) members.set(key, standIn(`${name}.${String(key)}`));
    return members.get(key);
  };
  const proxy = new Proxy(target, {
    get(_, key) {
      if (key === "then") return undefined; // not a promise
      if (key === "__esModule") return true;
      if (key === "length") return undefined;
      if (key === Symbol.toPrimitive) return () => `${markStart}${name}${markEnd}`;
      if (key === "toString" || key === "toJSON") return () => `${markStart}${name}${markEnd}`;
      if (key === Symbol.iterator) {
        looped(name);
        return function* () {};
      }
      if (typeof key === "symbol") return undefined;
      return member(key);
    },
    set(_, key, value) {
      members.set(key, value);
      return true;
    },
    has: (_, key) => typeof key !== "symbol",
    apply: () => standIn(`${name}()`),
    construct: () => standIn(`new ${name}()`),
    // Bundlers copy a module with Object.create(getPrototypeOf(module)): that copy has to answer too.
    getPrototypeOf: () => prototype,
    ownKeys: () => {
      looped(name);
      return Reflect.ownKeys(target);
    },
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
