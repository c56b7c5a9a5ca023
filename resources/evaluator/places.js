// SPDX-License-Identifier: GPL-3.0-or-later
// Places in the project's code, read off the stack. A place is {file, line, column} in the evaluated JavaScript; the
// program maps it back to the source. Of everything that is made two are kept: where it is defined, the innermost
// frame of the project, and where it is used, the statement of a module that led there.

const { trace: stack, located, calledFrom, startOf, fileNumbered } = globalThis;
for (const name of ["trace", "located", "calledFrom", "startOf", "fileNumbered"]) delete globalThis[name];

let kinds = 0;

/** Something that is done, for locating() and here(). */
export const newKind = () => (kinds += 1);

/** \a make, so that here(kind) within its call, when it is asked for the first time, need not read the stack. */
export const locating = (make, kind) => located(make, kind);

let projectFiles = {};

/** \a modules has the project's files as its keys. */
export function knowProjectFiles(modules) {
  projectFiles = modules;
}

const isProject = (source) => Object.hasOwn(projectFiles, source);
const toPlace = (frame) => ({ file: frame.source, line: frame.line, column: frame.column });

/**
 * Whether \a frame calls a module's code: there a stack leaves what the module itself does. That is modules.js, or one
 * of the wrappers that esbuild puts around a module, __esm from the helpers and __commonJS in the file.
 */
function isLoader(frame, source) {
  if (source === "sluice:helpers") return true;
  const name = frame.functionDisplayName;
  return isProject(source) ? name?.startsWith("__commonJS") : name === "runModule";
}

// Frames are shared between stacks, so that what lies above a statement is looked at once.
const outermost = new Map();

/** The outermost project frame of \a frame and its callers, up to the loader; as a place. */
function outermostPlace(frame) {
  if (!frame) return undefined;
  if (outermost.has(frame)) return outermost.get(frame);
  const source = frame.source;
  let place;
  if (!isLoader(frame, source))
    place = outermostPlace(frame.parent) ?? (isProject(source) ? toPlace(frame) : undefined);
  outermost.set(frame, place);
  return place;
}

let elsewhere = false;

/** \a load's answer; what is made meanwhile is not the project's, though its import is on the stack. */
export function withoutPlaces(load) {
  elsewhere = true;
  try {
    return load();
  } finally {
    elsewhere = false;
  }
}

const files = [];

/** The place that the engine has told as a number. */
function unpacked(number) {
  const line = Math.floor(number / 2 ** 16), file = Math.floor(line / 2 ** 20);
  return { file: (files[file] ??= fileNumbered(file)), line: line % 2 ** 20, column: number % 2 ** 16 };
}

// Where the function of the project begins that Sluice is calling; null when that says nothing, because another one of
// the project is calling Sluice.
let running;

/** What \a run returns, which calls \a callback, a function of the project. Sluice must be the one that wants it. */
export function calling(callback, run) {
  const outer = running;
  running = outer === undefined ? startOf(callback) ?? null : null;
  try {
    return run();
  } finally {
    running = outer;
  }
}

/** {definition, use} of what is being done, a call of the kind that was given to locating(); undefined outside of the project. */
export function here(kind) {
  if (elsewhere) return undefined;
  const call = calledFrom(kind, running);
  if (call !== undefined) {
    const place = unpacked(call);
    return { definition: place, use: place };
  }
  let frame = stack();
  while (frame && !isProject(frame.source)) frame = frame.parent;
  if (!frame) return undefined;
  const definition = toPlace(frame);
  return { definition, use: outermostPlace(frame.parent) ?? definition };
}

/** The place in the project where \a error, which may be anything, was thrown. */
export function placeOfError(error) {
  let text;
  try {
    text = error.stack;
  } catch {
    return undefined;
  }
  if (typeof text !== "string") return undefined;
  for (const line of text.split("\n")) {
    const numbers = /:(\d+):(\d+)$/.exec(line);
    if (!numbers) continue;
    // A function's name and a file's may both contain an @: only one split names a known file.
    for (let at = line.indexOf("@"); at >= 0; at = line.indexOf("@", at + 1)) {
      const file = line.slice(at + 1, numbers.index);
      if (isProject(file)) return { file, line: Number(numbers[1]), column: Number(numbers[2]) };
    }
  }
  return undefined;
}

const same = (a, b) => a === b || (a.line === b.line && a.column === b.column && a.file === b.file);
const before = (a, b) => a.line < b.line || (a.line === b.line && a.column < b.column);

const origin = (name, { file, line, column }) => ({ name, file, line, column });

/** Whether \a places lie in the statement of \a owner, which starts at owner.use. */
function isWithin(places, owner) {
  const { definition, use } = owner;
  if (places.use.file !== use.file || before(places.use, use)) return false;
  if (definition === use) return true;
  // A factory further down in the same file: its lines are behind the statement, but not of it.
  const factoryBelow = !same(definition, use) && definition.file === use.file && before(use, definition);
  return !(factoryBelow && !before(places.use, definition));
}

/**
 * The origin {name, file, line, column, definition} of a part that was made at \a places and belongs to what was made
 * at \a owner (both as here() gives them). What is written in the owner's own statement keeps its line; what comes
 * from elsewhere, a spread constant or a shared callback, is used in the owner's place and defined in its own.
 */
export function originIn(name, places, owner) {
  if (!places) return owner ? origin(name, owner.use) : { name };
  let { definition, use } = places;
  if (owner) {
    const direct = same(owner.definition, owner.use);
    if (direct && same(use, owner.use) && definition.file === use.file && !before(definition, use)) use = definition;
    else if (!isWithin(places, owner)) use = owner.use;
  }
  const result = origin(name, use);
  if (!same(use, definition)) result.definition = definition;
  return result;
}
