// SPDX-License-Identifier: GPL-3.0-or-later
// What evaluation has to say, as codes with arguments: the sentences are the program's, so that they can be translated.
// A place is {file, line, column} in the evaluated JavaScript; the program maps it back to the source.
import { placeOfError } from "./places.js";

const notices = new Map();
const problems = new Map();

let besideSql = false;

function add(list, code, args, place) {
  const key = JSON.stringify([code, args, place]);
  const known = list.get(key);
  if (!known) list.set(key, { code, arguments: args, place, besideSql });
  else known.besideSql &&= besideSql;
}

/** Something the person should know; the schema is still right. Said once, at the first place. */
export function notice(code, args, place) {
  const key = JSON.stringify([code, args]);
  if (!notices.has(key)) notices.set(key, { code, arguments: args, place });
}

let softened = false;

// One broken file can cost a part of every table: where that begins is enough.
const saidOnce = new Set(["brokenFileNeeded"]);

/** A part of the project that cannot be read rightly and is missing from the schema. */
export function problem(code, args, place) {
  if (softened) return notice(code, args, place);
  const isSaid = saidOnce.has(code) && takeProblems().some((said) => said.code === code && said.arguments[0] === args[0]);
  if (!isSaid) add(problems, code, args, place);
}

/** What \a read returns, when its problems are no more than notices. */
export function softly(read) {
  softened = true;
  try {
    return read();
  } finally {
    softened = false;
  }
}

/** What \a read returns, when what it cannot read is nothing that SQL is made of: relations. */
export function withoutSql(read) {
  const before = besideSql;
  besideSql = true;
  try {
    return read();
  } finally {
    besideSql = before;
  }
}

export const takeNotices = () => [...notices.values()];
export const takeProblems = () => [...problems.values()];

// Asking an exception for its class would run the code of one that is a Proxy.
const thrown = new WeakSet();

/** Thrown where a part turns out to be unreadable; who reads the part catches it. */
export class Problem extends Error {
  constructor(code, args, place) {
    super(code);
    this.problem = { code, arguments: args, place };
    thrown.add(this);
  }
}

export const isProblem = (error) => thrown.has(error);

/** Text of anything, also of what throws when it is asked. */
function textOf(read) {
  try {
    return String(read());
  } catch {
    return "";
  }
}

const isObject = (value) => value !== null && (typeof value === "object" || typeof value === "function");

/** What zod found wrong, in one line; it says so in JSON over many. */
const issuesOf = (error) =>
  textOf(() => error.issues.map(({ path, message }) => [path.join("."), message].filter((text) => text).join(": ")).join("; "));

const messageOf = (error) => issuesOf(error) || textOf(() => error.message ?? "");

/** An exception that the project's code threw. Whatever was thrown, this does not throw itself. */
export function report(error) {
  if (!isObject(error)) return { status: "thrown", name: "", message: textOf(() => error), stack: "" };
  const stack = textOf(() => error.stack ?? "");
  if (stack === "") return { status: "thrown", name: "", message: describe(error), stack };
  return { status: "thrown", name: textOf(() => error.name), message: messageOf(error), stack };
}

/** \a error in one line: "TypeError: x is undefined". */
export function describe(error) {
  if (!isObject(error)) return textOf(() => error);
  const name = textOf(() => error.name ?? ""), message = messageOf(error);
  return [name, message].filter((text) => text !== "").join(": ") || textOf(() => JSON.stringify(error)) || "?";
}

/**
 * What \a read returns. When it throws, the part is left out (undefined) and a problem says so: the one that was
 * thrown, or else \a code with \a args and the exception's text, where it was thrown or else at \a place.
 */
export function attempt(read, code, args, place) {
  try {
    return read();
  } catch (error) {
    if (isProblem(error)) problem(error.problem.code, error.problem.arguments, error.problem.place ?? place);
    else problem(code, [...args, describe(error)], placeOfError(error) ?? place);
    return undefined;
  }
}

/** The items of \a list that \a read could read. */
export function attemptAll(list, read, code, args, place) {
  const result = [];
  for (const item of list) {
    const made = attempt(() => read(item), code, args, place);
    if (made !== undefined) result.push(made);
  }
  return result;
}
