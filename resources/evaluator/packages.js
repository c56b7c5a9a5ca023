// SPDX-License-Identifier: GPL-3.0-or-later
// What `require("package")` answers inside the sandbox: the real drizzle-orm and zod; small true parts of Node that
// configs compute paths with; a stand-in for everything else.
import { drizzleModule, useDrizzle, version } from "./orm.js";
import * as path from "./path.js";
import { withoutPlaces } from "./places.js";
import { standIn } from "./standins.js";
import { drizzleZod } from "./drizzlezod.js";
import { listingModule, listsFiles } from "./globs.js";
import { isT3Env, t3Env } from "./t3env.js";
import { replacements, traceDrizzle } from "./trace.js";

const node = {
  path: () => ({ ...path, posix: path }),
  "path/posix": () => path,
  process: () => globalThis.process,
  url: () => ({
    URL: globalThis.URL,
    URLSearchParams: globalThis.URLSearchParams,
    fileURLToPath: (url) => decodeURIComponent(String(url).replace(/^file:\/\//, "")),
    pathToFileURL: (file) => new URL("file://" + encodeURI(path.resolve(file))),
  }),
};

/** Loads the drizzle-orm of the request; \a part loads parts. Configs mostly do without. */
export function needDrizzle(part) {
  if (version !== undefined) return;
  useDrizzle(part("drizzle"));
  traceDrizzle();
}

/** A module of drizzle-orm as a plain object: what the project imports, with our traced functions in place. */
function asModule(exported) {
  const module = Object.defineProperty({ ...exported }, "__esModule", { value: true });
  for (const name of Object.keys(module)) {
    if (replacements.has(module[name])) module[name] = replacements.get(module[name]);
  }
  return module;
}

const withDefault = (exported) =>
  Object.defineProperty({ default: exported, ...exported }, "__esModule", { value: true });

/** dotenv over the files that Sluice read: config() fills process.env, as in Node never over a value that is set. */
function dotenv() {
  const config = (options = {}) => {
    const files = [options.path ?? ".env"].flat();
    const parsed = {};
    for (const file of files)
      Object.assign(parsed, globalThis.process.environmentFile(path.resolve(String(file)), options.override));
    return { parsed };
  };
  return withDefault({ config, parse: () => ({}), populate: () => {} });
}

/** The zod that the project has loaded last. */
let zodInUse;

/** The real zod, with the method that packages for OpenAPI add to all of its types. */
function zodModule(name, part) {
  const module = part("zod")[name]?.();
  if (module === undefined) return standIn(name);
  const z = module.z ?? module;
  zodInUse = z;
  const prototype = z.ZodType?.prototype;
  if (prototype && !("openapi" in prototype))
    Object.defineProperty(prototype, "openapi", { configurable: true, enumerable: true, writable: true, value() { return this; } });
  return module;
}

/** What Payload hands on of drizzle-orm, under names of its own. */
const payloadDrizzle = /^@payloadcms\/db-[\w-]*postgres\/drizzle(\/.*)?$/;

/** \a specifier as Node knows it: Deno's say where a package is from, and its version. */
function withoutOrigin(specifier) {
  const payload = payloadDrizzle.exec(specifier);
  if (payload) return `drizzle-orm${payload[1] ?? ""}`;
  const from = /^(?:npm:\/?|https:\/\/esm\.sh\/(?:v\d+\/)?)((?:@[^/@]+\/)?[^/@]+)(?:@[^/?]*)?(\/[^?]*)?/.exec(specifier);
  return from ? from[1] + (from[2] ?? "") : specifier;
}

function make(specifier, mode, part) {
  const name = withoutOrigin(specifier);
  if (name === "drizzle-zod" || name === "drizzle-orm/zod") return drizzleZod(name, () => zodInUse);
  if (name === "drizzle-orm" || name.startsWith("drizzle-orm/")) {
    needDrizzle(part);
    const exported = withoutPlaces(() => drizzleModule(name));
    return exported ? asModule(exported) : standIn(name);
  }
  if (name === "zod" || name.startsWith("zod/")) return zodModule(name, part);
  const builtIn = name.replace(/^node:/, "");
  if (Object.hasOwn(node, builtIn)) return withDefault(node[builtIn]());
  if (name === "dotenv") return dotenv();
  if (name === "dotenv/config") return dotenv().config(), {};
  if (mode === "config" && listsFiles(builtIn)) return listingModule(builtIn);
  if (isT3Env(name)) return t3Env(name);
  if (mode === "config" && name === "drizzle-kit") return withDefault({ defineConfig: (config) => config });
  return standIn(name);
}

export function packageFor(mode, part) {
  const known = new Map();
  return (name) => {
    if (!known.has(name)) known.set(name, make(name, mode, part));
    return known.get(name);
  };
}
