// SPDX-License-Identifier: GPL-3.0-or-later
// Functions that configs list the schema's files with. The sandbox sees no folders: they answer with the pattern, which
// drizzle-kit and Sluice take in the place of what it matches.
import { join } from "./path.js";
import { partlyKnown, standIn, standInName } from "./standins.js";

const names = {
  fs: ["globSync"],
  glob: ["globSync", "sync"],
  "fast-glob": ["globSync", "sync"],
  tinyglobby: ["globSync"],
  globby: ["globbySync"],
};

export const listsFiles = (name) => Object.hasOwn(names, name);

function patterns(given, options = {}) {
  const folder = typeof options?.cwd === "string" && standInName(options.cwd) === undefined ? options.cwd : undefined;
  const left = [options?.ignore ?? []].flat().length === 0;
  const list = [given].flat();
  if (!left || list.some((pattern) => typeof pattern !== "string" || pattern.startsWith("!"))) return undefined;
  return list.map((pattern) => (folder === undefined ? pattern : join(folder, pattern)));
}

/** The module \a name: what lists files by patterns answers; of the rest nothing is known. */
export function listingModule(name) {
  const unknown = standIn(name);
  const own = {};
  for (const member of names[name]) own[member] = (...args) => patterns(...args) ?? unknown[member](...args);
  return partlyKnown({ ...own, default: partlyKnown(own, unknown) }, unknown);
}
