// SPDX-License-Identifier: GPL-3.0-or-later
// A drizzle config as plain JSON. Functions and class instances have no place in it; a stand-in becomes its mark,
// so that the program can say which value is missing.
import { markOf, standInName } from "./standins.js";

function plain(value, depth) {
  const name = standInName(value);
  if (name !== undefined) return markOf(name);
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return value;
  if (depth === 0 || typeof value !== "object") return undefined;
  if (Array.isArray(value)) return value.map((item) => plain(item, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, depth - 1)]));
}

export function describeConfig(exported) {
  const config = exported.default ?? exported;
  return standInName(config) === undefined && typeof config === "function" ? "function" : (plain(config, 6) ?? {});
}
