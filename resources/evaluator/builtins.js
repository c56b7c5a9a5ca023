// SPDX-License-Identifier: GPL-3.0-or-later
// drizzle-orm and the serializer compute with the language's own objects. A project that replaces those, on purpose or
// not, would change what the schema is without a trace: that is refused. Additions are none of our business, apart
// from those that every object would show.
import { Problem } from "./problems.js";

// What is needed to look at objects, taken before a project could change it.
const { ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect;
const globalNames = [
  "Array", "BigInt", "Boolean", "Date", "Error", "Function", "JSON", "Map", "Number", "Object", "Proxy", "Reflect",
  "RegExp", "Set", "String", "Symbol", "TypeError", "WeakMap", "WeakSet",
];
const watched = [
  ["Object", Object], ["Object.prototype", Object.prototype], ["Function.prototype", Function.prototype],
  ["Array", Array], ["Array.prototype", Array.prototype], ["String", String], ["String.prototype", String.prototype],
  ["Number", Number], ["Number.prototype", Number.prototype], ["Boolean.prototype", Boolean.prototype],
  ["BigInt.prototype", BigInt.prototype], ["Symbol", Symbol], ["JSON", JSON], ["Reflect", Reflect],
  ["Map.prototype", Map.prototype], ["Set.prototype", Set.prototype], ["WeakMap.prototype", WeakMap.prototype],
  ["WeakSet.prototype", WeakSet.prototype], ["RegExp.prototype", RegExp.prototype],
  ["Array iterator", Object.getPrototypeOf([][Symbol.iterator]())],
  ["Map iterator", Object.getPrototypeOf(new Map().entries())],
  ["Set iterator", Object.getPrototypeOf(new Set().values())],
];
const dateMethods = ["getTime", "toISOString", "valueOf"];

let remembered = [];

// NaN is not equal to itself.
const equal = (a, b) => a === b || (a !== a && b !== b);
const same = (a, b) => a !== undefined && equal(a.value, b.value) && a.get === b.get;

function remember(name, object, key) {
  remembered[remembered.length] = { name, object, key, descriptor: getOwnPropertyDescriptor(object, key) };
}

/** Takes what the built-ins are at this moment for what they should be. */
export function rememberBuiltIns() {
  remembered = [];
  for (let i = 0; i < watched.length; i += 1) {
    const keys = ownKeys(watched[i][1]);
    for (let k = 0; k < keys.length; k += 1) remember(watched[i][0], watched[i][1], keys[k]);
  }
  for (let i = 0; i < dateMethods.length; i += 1) remember("Date.prototype", Date.prototype, dateMethods[i]);
  for (let i = 0; i < globalNames.length; i += 1) remember("globalThis", globalThis, globalNames[i]);
}

const keysOfObjects = ownKeys(Object.prototype).length;

/** The first built-in that is not what it was. Works with nothing that a project can change. */
function firstChange() {
  for (let i = 0; i < remembered.length; i += 1) {
    const known = remembered[i];
    if (!same(getOwnPropertyDescriptor(known.object, known.key), known.descriptor)) return known;
  }
  // What every object inherits, every object of drizzle-orm seems to say; and JSON asks arrays too.
  const keys = ownKeys(Object.prototype);
  if (keys.length > keysOfObjects) return { name: "Object.prototype", key: keys[keys.length - 1] };
  if (getOwnPropertyDescriptor(Array.prototype, "toJSON")) return { name: "Array.prototype", key: "toJSON" };
  return undefined;
}

/** Runs \a make, a part of Sluice's own, whose changes are none of the project's. */
export function withOwnChanges(make) {
  const clean = firstChange() === undefined;
  const result = make();
  if (clean) rememberBuiltIns();
  return result;
}

function restore() {
  for (let i = 0; i < remembered.length; i += 1) {
    const { object, key, descriptor } = remembered[i];
    if (!same(getOwnPropertyDescriptor(object, key), descriptor)) defineProperty(object, key, descriptor);
  }
  const keys = ownKeys(Object.prototype);
  for (let i = keysOfObjects; i < keys.length; i += 1) delete Object.prototype[keys[i]];
  delete Array.prototype.toJSON;
}

/** The first line of the project that names \a owner and \a key. */
function placeOfText(modules, owner, key) {
  for (const [file, source] of Object.entries(modules)) {
    const line = source.split("\n").findIndex((text) => text.includes(owner) && text.includes(key));
    if (line >= 0) return { file, line: line + 1, column: 1 };
  }
  return undefined;
}

/** Throws a Problem when a built-in is not what it was; then they are again. \a modules is {file: source}. */
export function refuseChangedBuiltIns(modules) {
  const change = firstChange();
  if (change === undefined) return;
  restore();
  const isSymbol = typeof change.key === "symbol";
  const key = isSymbol ? change.key.description : change.key;
  const name = isSymbol ? `${change.name}[${key}]` : `${change.name}.${key}`;
  throw new Problem("builtInReplaced", [name], placeOfText(modules, change.name, key));
}
