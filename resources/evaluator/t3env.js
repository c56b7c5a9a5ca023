// SPDX-License-Identifier: GPL-3.0-or-later
// createEnv() of @t3-oss/env-core and its relatives: half of all projects name their schema, a prefix of their tables or
// their database by it, with defaults. Here it never throws: a variable that is missing or wrong stays what it is, and
// one that is not set answers with its mark, which is noticed where it matters.
import { markOf, partlyKnown, standIn, standInName } from "./standins.js";

/** The variable \a name, which is not set. Reading it lets the program know of its name. */
function unset(name) {
  const value = globalThis.process.env[name];
  return value === undefined ? markOf(`process.env.${name}`) : value;
}

/** {value} of \a schema for \a raw, or undefined when it does not fit. */
function parsed(schema, raw) {
  if (typeof schema?.safeParse === "function") {
    const result = schema.safeParse(raw);
    return result.success ? { value: result.data } : undefined;
  }
  const result = schema?.["~standard"]?.validate?.(raw);
  return result === undefined || result.issues || "then" in result ? undefined : { value: result.value };
}

/** What \a schema makes of the variable \a name. That of a package which is not evaluated says nothing. */
function valueOf(name, schema, raw) {
  const fitting = standInName(schema) === undefined ? parsed(schema, raw) : { value: raw };
  if (fitting) return fitting.value;
  return raw === undefined ? unset(name) : raw;
}

function runtimeOf(options) {
  const given = options.runtimeEnvStrict ?? options.runtimeEnv;
  const runtime = given ?? { ...globalThis.process.env, ...options.experimental__runtimeEnv };
  return standInName(runtime) === undefined ? runtime : globalThis.process.env;
}

function createEnv(options) {
  const runtime = runtimeOf(options);
  const values = {};
  for (const other of [options.extends ?? []].flat()) if (standInName(other) === undefined) Object.assign(values, other);
  const shape = { ...options.client, ...options.server, ...options.shared };
  for (const [name, schema] of Object.entries(shape)) {
    const raw = runtime[name] === "" && options.emptyStringAsUndefined ? undefined : runtime[name];
    values[name] = options.skipValidation ? raw : valueOf(name, schema, raw);
  }
  return values;
}

export const isT3Env = (name) => /^@t3-oss\/env-(core|nextjs|nuxt)$/.test(name);

/** The module \a name; of what else it exports nothing is known. */
export function t3Env(name) {
  return partlyKnown({ createEnv }, standIn(name));
}
