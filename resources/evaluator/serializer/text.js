// SPDX-License-Identifier: GPL-3.0-or-later
// Texts on their way into the schema: checked for stand-ins, rendered from SQL, named under a casing.
import { casingFunctions, orm } from "../orm.js";
import { Problem, notice } from "../problems.js";
import { markedName, standInName } from "../standins.js";

/** \a value, unless it is or holds a stand-in: then the schema would be silently wrong. */
export function genuine(value, what, place) {
  const name = standInName(value) ?? (typeof value === "string" ? markedName(value) : undefined);
  if (name !== undefined) throw new Problem("standInInSchema", [name, what], place);
  return value;
}

/** \a value as text, the empty text for what is not there. */
export const text = (value, what, place) =>
  value === undefined || value === null ? "" : String(genuine(value, what, place));

/** The name of \a column in the database. Only a name that was taken from the key follows the casing. */
export function columnName(column, casing) {
  if (!column.name) return "";
  if (!column.keyAsName || casing === undefined) return column.name;
  return casing === "camelCase" ? casingFunctions.toCamelCase(column.name) : casingFunctions.toSnakeCase(column.name);
}

/** SQL as drizzle-kit writes it: values that are not literals stay $1, which the database will not understand. */
export function sqlText(dialect, sql, what, place, source) {
  const query = dialect.sqlToQuery(sql, source);
  for (const parameter of query.params) genuine(parameter, what, place);
  if (query.params.length > 0) notice("sqlParameters", [what], place);
  return genuine(query.sql, what, place);
}

/** The SQL text of a default. drizzle-kit does not allow parameters in it. */
export function defaultSql(sql, casing, what, place) {
  const refuse = () => {
    throw new Problem("parameterInDefault", [what], place);
  };
  const query = sql.toQuery({ escapeName: refuse, escapeParam: refuse, escapeString: refuse, casing: new casingFunctions.CasingCache(casing) });
  return genuine(query.sql, what, place);
}

export const isSql = (value) => orm.is(value, orm.SQL);

/** The options of a sequence or identity, every number as text, filled up as drizzle-kit fills them. */
export function sequenceOptions(options, range) {
  const given = (name) => (options?.[name] === undefined ? undefined : String(options[name]));
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
    cycle: options?.cycle ?? false,
  };
}

function readsAsNumberOrBoolean(text) {
  try {
    return ["number", "boolean"].includes(typeof JSON.parse(text));
  } catch {
    return false;
  }
}

/** The parameters behind WITH. A text that would be taken for something else has quotes around it. */
export function parameters(given) {
  const quotes = (value) => typeof value === "string" && (readsAsNumberOrBoolean(value) || /^'.*'$/s.test(value));
  return Object.entries(given ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ name, value: quotes(value) ? `'${value}'` : String(value) }));
}

/** Where a definition comes from: its TypeScript name and its place. */
export const origin = (name, place) => ({ name, ...place });
