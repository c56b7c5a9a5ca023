// SPDX-License-Identifier: GPL-3.0-or-later
// The script that every evaluation starts with. Its value, made by the bundler's footer, is one function:
// it takes the request as JSON and returns the answer as lines of JSON. Nothing else leaves this file.
//
// Request: {
//   mode: "schema" | "config",
//   entries: [file…],                  what to evaluate, in order; names are relative to the project folder
//   modules: {file: JavaScript},       every file of the bundle, CommonJS
//   helpers: JavaScript,               `var` declarations that every module expects as globals
//   resolutions: {file: {specifier: file}},
//   broken?: [file…],                  files that are imported and have no module, because they cannot be compiled
//   parts: {drizzle, zod?, web}        sources of the parts that are compiled when they are needed; drizzle as
//                                      drizzle.js, whose shape is orm.js's to say
//   root: absolute path of the project folder,
//   environment: {name: value}, environmentFiles: {absolute path: {name: value}},
//   inventEnvironment: boolean,        answer variables that are not set with a mark instead of undefined
//   casing: "" | "camelCase" | "snake_case",
// }
// Answer: an envelope, and behind it the schema's own line when there is one:
//   {"status": "ok", "notices": […], "config"?: …, "namesRead"?: […]}
//   {"status": "refused", "problem": {code, arguments, place}}
//   {"status": "thrown", "name", "message", "stack"}
import { installGlobals } from "./globals.js";
import { createLoader } from "./modules.js";
import { describeConfig } from "./config.js";
import { serialize } from "./serializer/database.js";
import { Problem, report, takeNotices } from "./problems.js";
import { knowProjectFiles } from "./trace.js";
import { needDrizzle, packageFor } from "./packages.js";

const compile = globalThis.compile;
delete globalThis.compile;

/** Loads a part of Sluice's own JavaScript by name, once. */
function createParts(sources) {
  const loaded = {};
  return (name) => {
    if (loaded[name]) return loaded[name];
    const module = { exports: {} };
    compile(`sluice:${name}`, sources[name] ?? "").call(module, module.exports, undefined, module);
    return (loaded[name] = module.exports);
  };
}

function evaluateRequest(request) {
  const part = createParts(request.parts);
  const { namesRead } = installGlobals(request, part);
  knowProjectFiles(request.modules);
  const load = createLoader(request, compile, packageFor(request.mode, part));
  if (request.mode === "config") {
    const exported = load(request.entries[0]);
    return [{ status: "ok", config: describeConfig(exported), namesRead: [...namesRead], notices: takeNotices() }];
  }
  const files = request.entries.map((file) => ({ file, exports: load(file) }));
  needDrizzle(part);
  const database = serialize(files, request.casing || undefined);
  return [{ status: "ok", notices: takeNotices() }, database];
}

globalThis.sluiceEvaluate = (text) => {
  let lines;
  try {
    lines = evaluateRequest(JSON.parse(text));
  } catch (error) {
    lines = [error instanceof Problem ? { status: "refused", problem: error.problem } : report(error)];
  }
  return lines.map((line) => JSON.stringify(line) + "\n").join("");
};
