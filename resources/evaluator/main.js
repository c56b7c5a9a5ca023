// SPDX-License-Identifier: GPL-3.0-or-later
// The script that every evaluation starts with. Its value, made by the bundler's footer, is one function:
// it takes the request as JSON and returns the answer as lines of JSON. Nothing else leaves this file.
//
// Request: {
//   mode: "schema" | "config",
//   entries: [file…],                  what to evaluate, in order; names are relative to the project folder
//   relationEntries?: [file…],         what to evaluate after them, for the relations it declares and nothing else
//   modules?: {file: JavaScript},      every file of the bundle, CommonJS
//   helpers: JavaScript,               `var` declarations that every module expects as globals
//   resolutions?: {file: {specifier: file}},
//   broken?: [file…],                  files that are imported and have no module, because they cannot be compiled
//   parts?: {drizzle?, zod?}           the project's own copies in the place of those that Sluice brings along, which
//                                      the process was given; of the shape of drizzle.js and zod.js. A process that was
//                                      given a drizzle-orm must not get another one
//   partSuffixes: {name: JavaScript},  behind a part's source
//   root: absolute path of the project folder,
//   folder: absolute path of the folder that drizzle-kit is run in,
//   environment: {name: value}, environmentFiles: {absolute path: {name: value}},
//   inventEnvironment: boolean,        answer variables that are not set with a mark instead of undefined
//   casing: "" | "camelCase" | "snake_case",
// }
// More lines may follow, each with some of the members modules, helpers, resolutions, broken and relationEntries, for a
// request that is sent before all of its files are known; its entries may be broken then.
// Answer: an envelope, and behind it the schema's own line when there is one:
//   {"status": "ok", "problems": […], "notices": […], "config"?: …, "namesRead"?: […]}
//   {"status": "refused", "problem": {code, arguments, place}}
//   {"status": "thrown", "name", "message", "stack"}
// each with {"asked": {"files": [absolute path…], "chance"}}: files of variables that were not in the request, and whether
// the answer may be another the next time.
// Problems and notices are {code, arguments, place}: what is missing from the schema, and what is worth knowing.
import { asked, installGlobals } from "./globals.js";
import { createLoader } from "./modules.js";
import { describeConfig } from "./config.js";
import { serialize } from "./serializer/database.js";
import { describe, isProblem, notice, problem, report, takeNotices, takeProblems } from "./problems.js";
import { refuseChangedBuiltIns, rememberBuiltIns } from "./builtins.js";
import { knowProjectFiles, placeOfError } from "./places.js";
import { needDrizzle, packageFor } from "./packages.js";
import { packagesUsed, usedAsNumbers } from "./standins.js";
import { packagesInSchema } from "./serializer/text.js";

const compile = globalThis.compile;
delete globalThis.compile;

const ownPart = globalThis.ownPart;
delete globalThis.ownPart;

const moreOfRequest = globalThis.moreOfRequest;
delete globalThis.moreOfRequest;

/** Loads parts by name, once each: those of \a request, else Sluice's own. */
function createParts(request) {
  const loaded = {};
  return (name) => {
    if (loaded[name]) return loaded[name];
    const module = { exports: {} };
    const run = (part) => part?.call(module, module.exports, undefined, module);
    const source = request.parts?.[name];
    run(source === undefined ? ownPart(name) : compile(`sluice:${name}`, source));
    const suffix = request.partSuffixes?.[name];
    if (suffix) run(compile(`sluice:${name}`, suffix));
    return (loaded[name] = module.exports);
  };
}

// Until the request is there, there is time.
const ready = createParts({});
if (ready("drizzle").version !== undefined) needDrizzle(ready);

/** [{file, exports}] of the entries, and of those that throw what they have exported before. */
function loadEntries(entries, { load, isBroken, failures, partOf }) {
  const loaded = [];
  for (const file of entries) {
    if (isBroken(file)) continue;
    try {
      loaded.push({ file, exports: load(file) });
    } catch (error) {
      failures.push({ file, error });
      loaded.push({ file, exports: partOf(file) });
    }
  }
  return loaded;
}

function reportFile(file, error) {
  if (isProblem(error)) problem(error.problem.code, error.problem.arguments, error.problem.place ?? { file });
  else problem("fileThrows", [file, describe(error)], placeOfError(error) ?? { file });
}

const isEmpty = (database) => ["tables", "views", "enums", "sequences"].every((kind) => !(database[kind]?.length > 0));

/** [{file, exports}] of files beside the schema. What they cannot do is no matter of the schema's. */
function loadBeside(entries, load) {
  const loaded = [];
  for (const file of entries) {
    try {
      loaded.push({ file, exports: load(file) });
    } catch (error) {
      notice("relationsNotRead", [file, describe(error)], placeOfError(error) ?? { file });
    }
  }
  return loaded;
}

function noticePackages() {
  for (const [name, place] of packagesUsed()) {
    if (packagesInSchema.has(name)) continue;
    const number = usedAsNumbers().get(name);
    if (number) notice("standInAsNumber", [number.name], number.place);
    else notice("standInUsed", [name], place);
  }
}

function evaluateRequest(request) {
  request.modules ??= {};
  request.resolutions ??= {};
  const part = createParts(request);
  const { namesRead } = installGlobals(request, part);
  rememberBuiltIns();
  knowProjectFiles(request.modules);
  const loader = createLoader(request, compile, packageFor(request.mode, part), moreOfRequest);
  const { load } = loader;
  if (request.mode === "config") {
    const exported = load(request.entries[0]);
    refuseChangedBuiltIns(request.modules);
    const config = describeConfig(exported);
    return [{ status: "ok", config, namesRead: [...namesRead], problems: takeProblems(), notices: takeNotices() }];
  }
  needDrizzle(part);
  const files = loader.tolerantly(() => loadEntries(request.entries, loader));
  const { failures } = loader;
  for (const { file, error } of failures) reportFile(file, error);
  refuseChangedBuiltIns(request.modules);
  const complete = loader.isWhole() && files.length === request.entries.length && failures.length === 0;
  const beside = request.relationEntries ?? [];
  const database = serialize(files, request.casing || undefined, complete, () => {
    noticePackages();
    return loadBeside(beside, load);
  });
  // Reading the schema calls the project's code too: references, indexes, relations.
  refuseChangedBuiltIns(request.modules);
  if (failures.length > 0 && isEmpty(database)) throw failures[0].error;
  if (beside.length === 0) noticePackages();
  return [{ status: "ok", problems: takeProblems(), notices: takeNotices() }, database];
}

/** The answer to an exception: the project's change of a built-in explains any other. */
function refusal(error, request) {
  try {
    refuseChangedBuiltIns(request?.modules ?? {});
  } catch (change) {
    return { status: "refused", problem: change.problem };
  }
  return isProblem(error) ? { status: "refused", problem: error.problem } : report(error);
}

globalThis.sluiceEvaluate = (text) => {
  let request, lines;
  try {
    request = JSON.parse(text);
    lines = evaluateRequest(request);
  } catch (error) {
    lines = [refusal(error, request)];
  }
  if (asked.chance || asked.files.size > 0) lines[0].asked = { files: [...asked.files], chance: asked.chance };
  return lines.map((line) => JSON.stringify(line) + "\n").join("");
};
