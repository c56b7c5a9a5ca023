// SPDX-License-Identifier: GPL-3.0-or-later
// What `require("package")` answers inside the sandbox: the real drizzle-orm and zod, which came with Sluice; small
// true parts of Node that configs compute paths with; a stand-in for everything else.
import * as path from "./path.js";
import { standIn } from "./standins.js";
import { tracedFunctions } from "./trace.js";

// Each is evaluated when it is first asked for.
const real = {
  "drizzle-orm": () => require("drizzle-orm"),
  "drizzle-orm/alias": () => require("drizzle-orm/alias"),
  "drizzle-orm/casing": () => require("drizzle-orm/casing"),
  "drizzle-orm/column": () => require("drizzle-orm/column"),
  "drizzle-orm/column-builder": () => require("drizzle-orm/column-builder"),
  "drizzle-orm/entity": () => require("drizzle-orm/entity"),
  "drizzle-orm/errors": () => require("drizzle-orm/errors"),
  "drizzle-orm/neon": () => require("drizzle-orm/neon"),
  "drizzle-orm/pg-core": () => require("drizzle-orm/pg-core"),
  "drizzle-orm/pg-core/alias": () => require("drizzle-orm/pg-core/alias"),
  "drizzle-orm/pg-core/checks": () => require("drizzle-orm/pg-core/checks"),
  "drizzle-orm/pg-core/columns": () => require("drizzle-orm/pg-core/columns"),
  "drizzle-orm/pg-core/columns/all": () => require("drizzle-orm/pg-core/columns/all"),
  "drizzle-orm/pg-core/columns/common": () => require("drizzle-orm/pg-core/columns/common"),
  "drizzle-orm/pg-core/dialect": () => require("drizzle-orm/pg-core/dialect"),
  "drizzle-orm/pg-core/expressions": () => require("drizzle-orm/pg-core/expressions"),
  "drizzle-orm/pg-core/foreign-keys": () => require("drizzle-orm/pg-core/foreign-keys"),
  "drizzle-orm/pg-core/indexes": () => require("drizzle-orm/pg-core/indexes"),
  "drizzle-orm/pg-core/policies": () => require("drizzle-orm/pg-core/policies"),
  "drizzle-orm/pg-core/primary-keys": () => require("drizzle-orm/pg-core/primary-keys"),
  "drizzle-orm/pg-core/roles": () => require("drizzle-orm/pg-core/roles"),
  "drizzle-orm/pg-core/schema": () => require("drizzle-orm/pg-core/schema"),
  "drizzle-orm/pg-core/sequence": () => require("drizzle-orm/pg-core/sequence"),
  "drizzle-orm/pg-core/table": () => require("drizzle-orm/pg-core/table"),
  "drizzle-orm/pg-core/unique-constraint": () => require("drizzle-orm/pg-core/unique-constraint"),
  "drizzle-orm/pg-core/utils": () => require("drizzle-orm/pg-core/utils"),
  "drizzle-orm/pg-core/view": () => require("drizzle-orm/pg-core/view"),
  "drizzle-orm/primary-key": () => require("drizzle-orm/primary-key"),
  "drizzle-orm/relations": () => require("drizzle-orm/relations"),
  "drizzle-orm/sql": () => require("drizzle-orm/sql"),
  "drizzle-orm/sql/expressions": () => require("drizzle-orm/sql/expressions"),
  "drizzle-orm/sql/sql": () => require("drizzle-orm/sql/sql"),
  "drizzle-orm/subquery": () => require("drizzle-orm/subquery"),
  "drizzle-orm/supabase": () => require("drizzle-orm/supabase"),
  "drizzle-orm/table": () => require("drizzle-orm/table"),
  "drizzle-orm/utils": () => require("drizzle-orm/utils"),
  "drizzle-orm/version": () => require("drizzle-orm/version"),
  "drizzle-orm/view-common": () => require("drizzle-orm/view-common"),
};

const node = {
  path: () => path,
  "path/posix": () => path,
  process: () => globalThis.process,
  url: () => ({
    URL: globalThis.URL,
    URLSearchParams: globalThis.URLSearchParams,
    fileURLToPath: (url) => decodeURIComponent(String(url).replace(/^file:\/\//, "")),
    pathToFileURL: (file) => new URL("file://" + encodeURI(path.resolve(file))),
  }),
};

/** A package's exports as a plain object: what the project imports, with our traced functions in place. */
function asModule(exported) {
  const module = Object.defineProperty({ ...exported }, "__esModule", { value: true });
  for (const [name, replacement] of Object.entries(tracedFunctions)) {
    if (Object.hasOwn(module, name)) module[name] = replacement;
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

function make(name, mode, part) {
  if (Object.hasOwn(real, name)) return asModule(real[name]());
  if (name === "zod" || name.startsWith("zod/")) return part("zod")[name]?.() ?? standIn(name);
  const builtIn = name.replace(/^node:/, "");
  if (Object.hasOwn(node, builtIn)) return withDefault(node[builtIn]());
  if (name === "dotenv") return dotenv();
  if (name === "dotenv/config") return dotenv().config(), {};
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
