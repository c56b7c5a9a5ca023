// SPDX-License-Identifier: GPL-3.0-or-later
// Texts on their way into the schema: checked for stand-ins, rendered from SQL, named under a casing.
import { configCasing, isA, isVersion1, orm } from "../orm.js";
import { Problem, notice } from "../problems.js";
import { areStandIns, isOfFile, markedName, packageOf, standInName, usedAsNumbers } from "../standins.js";

/** The packages whose values reached the schema. */
export const packagesInSchema = new Set();

/** Whether no package can have the name \a specifier: then it was meant for a file. */
const isAlias = (specifier) => /^(?:[~$#]|@\/)/.test(specifier);

/** The name of a stand-in that was computed with, when \a value may be what came of it. */
function numberName(value) {
  if (usedAsNumbers().size === 0) return undefined;
  const isUnknown = Number.isNaN(value) || (typeof value === "string" && /\bNaN\b/.test(value));
  return isUnknown ? [...usedAsNumbers().values()][0]?.name : undefined;
}

/** \a value, unless it is or holds a stand-in, or was computed with one: then the schema would be silently wrong. */
export function genuine(value, what, place) {
  if (!areStandIns()) return value;
  const name = standInName(value) ?? (typeof value === "string" ? markedName(value) : undefined) ?? numberName(value);
  if (name === undefined) return value;
  if (isOfFile(name)) throw new Problem("brokenFileNeeded", [packageOf(name)], place);
  packagesInSchema.add(packageOf(name));
  if (name.startsWith("process.env.")) throw new Problem("variableInSchema", [name, what], place);
  throw new Problem(isAlias(packageOf(name)) ? "aliasInSchema" : "standInInSchema", [name, what], place);
}

/** \a value as text, the empty text for what is not there. */
export const text = (value, what, place) =>
  value === undefined || value === null ? "" : String(genuine(value, what, place));

/** The name of \a column in the database. Only a name that was taken from the key follows the casing. */
export function columnName(column, casing) {
  if (!column.name) return "";
  if (!column.keyAsName || casing === undefined) return column.name;
  return casing === "camelCase" ? configCasing.toCamelCase(column.name) : configCasing.toSnakeCase(column.name);
}

/** The name of \a column, which has to be in the schema for what stands on it to be. */
export function presentName(column, what, owner, place, casing) {
  genuine(column, owner.name, place);
  if (typeof genuine(column?.name, owner.name, place) !== "string") throw new Problem("notAColumn", [what, owner.name], place);
  if (owner.missing.has(column.name)) throw new Problem("missingColumn", [what, `${owner.name}.${column.name}`], place);
  return columnName(column, casing);
}

/** SQL as drizzle-kit writes it: values that are not literals stay $1, which the database will not understand. */
export function sqlText(dialect, sql, what, place, source) {
  const query = dialect.sqlToQuery(sql, source);
  for (const parameter of query.params) genuine(parameter, what, place);
  if (query.params.length > 0) notice("sqlParameters", [what], place);
  return genuine(query.sql, what, place);
}

/** The SQL of a check or an index predicate. drizzle-kit 1.0 names columns without their table and inlines values. */
export const conditionText = (dialect, sql, what, place) =>
  isVersion1 ? sqlText(dialect, sql.inlineParams(), what, place, "indexes") : sqlText(dialect, sql, what, place);

/** The text of \a sql that has no other part, as now() has none; drizzle-orm's rendering is for those that have. */
function plainText({ queryChunks }) {
  const [chunk, ...others] = queryChunks ?? [];
  return !isVersion1 && others.length === 0 && isA(chunk, orm.StringChunk) ? chunk.value.join("") : undefined;
}

/** The SQL text of a default. drizzle-kit does not allow parameters in it, and before 1.0 no names either. */
export function defaultSql(dialect, sql, casing, what, place) {
  const plain = plainText(sql);
  if (plain !== undefined) return genuine(plain, what, place);
  const refuse = () => {
    throw new Problem("parameterInDefault", [what], place);
  };
  const config = isVersion1
    ? { escapeName: dialect.escapeName, escapeParam: refuse, escapeString: dialect.escapeString }
    : { escapeName: refuse, escapeParam: refuse, escapeString: refuse };
  if (configCasing.CasingCache) config.casing = new configCasing.CasingCache(casing);
  return genuine(sql.toQuery(config).sql, what, place);
}

export const isSql = (value) => isA(value, orm.SQL);

/** The options of a sequence or identity, every number as text, filled up as drizzle-kit fills them. */
export function sequenceOptions(options, range, what, place) {
  const given = (name) => (options?.[name] === undefined ? undefined : text(options[name], what, place));
  const increment = given("increment") ?? "1";
  const descending = parseFloat(increment) < 0;
  const minValue = given("minValue") ?? (descending ? range.lowest : "1");
  const maxValue = given("maxValue") ?? (descending ? "-1" : range.highest);
  return {
    increment,
    startWith: given("startWith") ?? (descending ? maxValue : minValue),
    minValue,
    maxValue,
    cache: given("cache") ?? "1",
    cycle: Boolean(genuine(options?.cycle, what, place) ?? false),
  };
}

function readsAsNumberOrBoolean(value) {
  try {
    return ["number", "boolean"].includes(typeof JSON.parse(value));
  } catch {
    return false;
  }
}

/** The parameters behind WITH. A text that would be taken for something else has quotes around it. */
export function parameters(given, what, place) {
  const quotes = (value) => typeof value === "string" && (readsAsNumberOrBoolean(value) || /^'.*'$/s.test(value));
  return Object.entries(genuine(given, what, place) ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({
      name: genuine(name, what, place),
      value: quotes(genuine(value, what, place)) ? `'${value}'` : String(value),
    }));
}
