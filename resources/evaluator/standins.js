// SPDX-License-Identifier: GPL-3.0-or-later
// Packages that are not part of a schema are not loaded. In their place stands an object that can be called, constructed
// and read at any depth, and that remembers which package it came from. When it reaches the schema, that is noticed:
// as an object by standInName(), as part of a text by the mark that it turns into. Looped over or spread, it gives one
// item, another stand-in under a marked name, so that what is missing leaves a trace.

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

/** \a listed is whether it shows that it has members: `export *` of one is then noticed. */
export function standIn(name, listed = true) {
  const members = new Map();
  const mark = `${markStart}${name}${markEnd}`;
  // A function, so that it can be called and constructed; bound, so that it has no `prototype` of its own to show.
  const target = function () {}.bind();
  const member = (key) => {
    if (!members.has(key)) members.set(key, standIn(`${name}.${String(key)}`));
    return members.get(key);
  };
  const proxy = new Proxy(target, {
    get(_, key) {
      if (key === "then") return undefined; // not a promise
      if (key === "__esModule") return true;
      if (key === "length") return undefined;
      if (key === Symbol.toPrimitive) return () => mark;
      if (key === "toString" || key === "toJSON") return () => mark;
      if (key === Symbol.iterator)
        return function* () {
          yield member("[]");
        };
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
