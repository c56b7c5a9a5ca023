// SPDX-License-Identifier: GPL-3.0-or-later
// What evaluation has to say, as codes with arguments: the sentences are the program's, so that they can be translated.
// A place is {file, line, column} in the evaluated JavaScript; the program maps it back to the source.

let notices = new Map();

/** Something the person should know; the schema is still right. */
export function notice(code, args, place) {
  const key = JSON.stringify([code, args]);
  if (!notices.has(key)) notices.set(key, { code, arguments: args, place });
}

export function takeNotices() {
  const result = [...notices.values()];
  notices = new Map();
  return result;
}

/** A schema that cannot be read rightly: evaluation ends. */
export class Problem extends Error {
  constructor(code, args, place) {
    super(code);
    this.problem = { code, arguments: args, place };
  }
}

/** An exception that the project's code threw. Whatever was thrown, this does not throw itself. */
export function report(error) {
  const text = (value) => {
    try {
      return String(value);
    } catch {
      return "";
    }
  };
  if (error !== null && typeof error === "object" && "stack" in error)
    return { status: "thrown", name: text(error.name), message: text(error.message), stack: text(error.stack) };
  return { status: "thrown", name: "", message: text(error), stack: "" };
}
