// SPDX-License-Identifier: GPL-3.0-or-later
// Node's CommonJS loading, for files that were transformed one by one. drizzle-kit loads a project in the same way,
// which keeps two things the same that bundling would change: the order of a barrel's exports and what a cycle
// of imports sees.

import { standIn, standInName } from "./standins.js";

const declared = new Set();

/** Makes what \a declarations, `var` statements, declare global, but for what is it already. */
function declare(declarations, compile) {
  const names = [...declarations.matchAll(/^var (\w+) =/gm)].map(([, name]) => name);
  const returned = `${declarations}\nObject.assign(module.exports, { ${names.join(", ")} });`;
  const module = { exports: {} };
  compile("sluice:helpers", returned).call(undefined, module.exports, undefined, module);
  for (const [name, value] of Object.entries(module.exports)) {
    if (declared.has(name)) continue;
    declared.add(name);
    Object.defineProperty(globalThis, name, { value: undecorated(name, value) });
  }
}

/** \a helper; that for decorators without those of a package, whose answer is no class and no property. */
function undecorated(name, helper) {
  if (name !== "__decorateClass") return helper;
  return (decorators, ...rest) => helper(decorators.filter((decorator) => standInName(decorator) === undefined), ...rest);
}

/** Stacks of a module's own statements end here: places.js looks for the name. */
function runModule(code, module, require, folder) {
  code.call(module.exports, module.exports, require, module, module.filename, folder);
}

// Taken before a project could change it.
const { parse } = JSON;
const { assign } = Object;

/**
 * A function that loads a file of the project. \a more answers with the next part of the request, null behind the last:
 * the first files run while the others are still being transformed.
 */
export function createLoader(request, compile, packageNamed, more) {
  declare(request.helpers, compile);
  const loaded = new Map();
  const broken = new Set(request.broken);
  const failures = [];
  const partials = new Map();

  /** Takes the next part of the request; false when there is none. */
  function takeMore() {
    const text = more();
    if (text === null) return false;
    const part = parse(text);
    assign(request.modules, part.modules);
    assign(request.resolutions, part.resolutions);
    if (part.helpers) declare(part.helpers, compile);
    for (const file of part.broken ?? []) broken.add(file);
    if (part.parts) request.parts = part.parts;
    if (part.partSuffixes) request.partSuffixes = part.partSuffixes;
    if (part.relationEntries) request.relationEntries = part.relationEntries;
    return true;
  }

  /** Whether \a file has no module, because it cannot be compiled; waits for it. */
  function isBroken(file) {
    while (request.modules[file] === undefined && !broken.has(file) && takeMore());
    return broken.has(file);
  }

  function load(file) {
    if (loaded.has(file)) return loaded.get(file).exports;
    if (isBroken(file)) return brokenModule(file);
    const source = request.modules[file];
    if (source === undefined) throw new Error(`Cannot find module '${file}'`);
    const filename = absolute(file);
    const folder = filename.slice(0, filename.lastIndexOf("/"));
    const module = { exports: {}, id: file, filename, path: folder, url: "file://" + encodeURI(filename), loaded: false };
    loaded.set(file, module);
    const require = (specifier) => {
      const target = request.resolutions[file]?.[specifier];
      if (target !== undefined) return imported(target);
      if (/^[./]/.test(specifier)) throw new Error(`Cannot find module '${specifier}'`);
      return packageNamed(specifier);
    };
    require.resolve = (specifier) => specifier;
    try {
      runModule(compile(file, source), module, require, folder);
    } catch (error) {
      loaded.delete(file);
      partials.set(file, module.exports);
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  let isTolerant = false;

  /** What \a read returns; meanwhile a file that throws when it is imported costs what it declares, and no other file. */
  function tolerantly(read) {
    isTolerant = true;
    try {
      return read();
    } finally {
      isTolerant = false;
    }
  }

  function imported(file) {
    if (!isTolerant) return load(file);
    try {
      return load(file);
    } catch (error) {
      failures.push({ file, error });
      return partialModule(file);
    }
  }

  /** What a file exports before it throws; the rest is not known. */
  function partialModule(file) {
    const known = partials.get(file);
    const unknown = brokenModule(file);
    if (known === null || typeof known !== "object") return unknown;
    const get = (target, key) => {
      const value = valueOrNothing(() => target[key]);
      return value === undefined ? unknown[key] : value;
    };
    const exports = new Proxy(known, { get });
    loaded.set(file, { exports });
    return exports;
  }

  /** The same for an entry: {} when it exports nothing that can be looked at. */
  function partOf(file) {
    const known = partials.get(file);
    if (known === null || typeof known !== "object") return {};
    const exports = {};
    for (const key of valueOrNothing(() => Object.keys(known)) ?? []) {
      const value = valueOrNothing(() => known[key]);
      if (value !== undefined) exports[key] = value;
    }
    return exports;
  }

  function valueOrNothing(read) {
    try {
      return read();
    } catch {
      return undefined;
    }
  }

  /** What a file exports that cannot be compiled is not known: what depends on it is noticed where it is used. */
  function brokenModule(file) {
    const exports = standIn(file, { listed: false });
    loaded.set(file, { exports });
    return exports;
  }

  function absolute(file) {
    if (file.startsWith("/")) return file;
    const parts = request.root.split("/");
    for (const part of file.split("/")) {
      if (part === "..") parts.pop();
      else if (part !== ".") parts.push(part);
    }
    return parts.join("/");
  }

  /** Takes all that is left of the request; whether there is no broken file in it. */
  function isWhole() {
    while (takeMore());
    return broken.size === 0;
  }

  return { load, isBroken, isWhole, tolerantly, failures, partOf };
}
