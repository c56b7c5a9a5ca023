// SPDX-License-Identifier: GPL-3.0-or-later
// One column, with the type and default texts that drizzle-kit writes into its snapshots.
import { isA, isVersion1, pg } from "../orm.js";
import { Problem, describe, isProblem } from "../problems.js";
import { originFor, placeFor } from "../trace.js";
import { genuine, columnName, defaultSql, isSql, sequenceOptions, sqlText, text } from "./text.js";

const ranges = {
  smallint: { lowest: "-32768", highest: "32767" },
  integer: { lowest: "-2147483648", highest: "2147483647" },
  bigint: { lowest: "-9223372036854775808", highest: "9223372036854775807" },
};

// drizzle-kit looks up the lowest value under another name (PgInteger) than the highest (integer), so that a
// descending identity of any type starts at smallint's lowest. The snapshots say so; so do we.
const identityRange = (column) => ({
  lowest: (ranges[column.columnType] ?? ranges.smallint).lowest,
  highest: (ranges[column.getSQLType()] ?? ranges.smallint).highest,
});

/** The schema of the enum behind a column or an array of it. drizzle-kit 0.31 does not see enums made of objects. */
function enumSchema(column, throughArrays) {
  let element = column;
  while (throughArrays && isA(element, pg.PgArray)) element = element.baseColumn;
  const isEnum = isA(element, pg.PgEnumColumn) || (isVersion1 && isA(element, pg.PgEnumObjectColumn));
  return isEnum ? element.enum.schema || "public" : "";
}

/** Until 0.45 an array is a type of its own; in 1.0 it is any column with dimensions. */
const typeText = (column) => column.getSQLType() + (pg.PgArray ? "" : "[]".repeat(column.dimensions));

function arrayElement(value, type) {
  if (Array.isArray(value)) return arrayText(value, type);
  if (value instanceof Date) return `"${dateText(value, type)}"`;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (typeof value === "object") return `"${JSON.stringify(value).replaceAll('"', '\\"')}"`;
  return `"${value}"`;
}

const arrayText = (values, type) => `{${values.map((value) => arrayElement(value, type)).join(",")}}`;

function dateText(date, type) {
  const iso = date.toISOString();
  if (type === "date") return iso.split("T")[0];
  return type === "timestamp" ? iso.replace("T", " ").slice(0, 23) : iso;
}

/** {sql} | {number} | {boolean} | {json}, or undefined without a default. Dates and JSON have values without a text. */
function describeDefault(column, context, quoted, what, place) {
  try {
    return defaultOf(column, context, quoted, what, place);
  } catch (error) {
    if (isProblem(error)) throw error;
    throw new Problem("defaultWithoutText", [what, describe(error)], place);
  }
}

function defaultOf(column, { dialect, casing }, quoted, what, place) {
  const value = genuine(column.default, what, place);
  if (value === undefined) return undefined;
  if (isSql(value)) return { sql: defaultSql(dialect, value, casing, what, place) };
  if (typeof value === "string") return { sql: `'${quoted(value)}'` };
  const type = typeText(column).toLowerCase();
  if (type === "jsonb" || type === "json") return { sql: `'${genuine(JSON.stringify(value), what, place)}'::${type}` };
  if (value instanceof Date) return { sql: `'${dateText(value, type)}'` };
  if (/\[\d*\]/.test(type) && Array.isArray(value))
    return { sql: genuine(`'${arrayText(value, type.split("[")[0])}'`, what, place) };
  if (typeof value === "boolean") return { boolean: String(value) };
  if (typeof value === "bigint" || Number.isFinite(value)) return { number: String(value) };
  return { json: genuine(JSON.stringify(value), what, place) };
}

function describeGenerated(column, dialect, what, place) {
  if (!column.generated) return undefined;
  const as = typeof column.generated.as === "function" ? column.generated.as() : column.generated.as;
  const expression = isSql(as) ? sqlText(dialect, as, what, place) : text(as, what, place);
  return { expression, stored: true };
}

function describeIdentity(column, name, owner, place) {
  const identity = column.generatedIdentity;
  if (!identity) return undefined;
  return {
    kind: identity.type,
    sequenceName: text(identity.sequenceName ?? `${owner.name}_${name}_seq`, "identity", place),
    sequenceSchema: owner.schema,
    ...sequenceOptions(identity.sequenceOptions, identityRange(column), `${owner.name}.${name}`, place),
  };
}

/** What drizzle-orm fills in itself. A function for updates is also asked at an insert when there is no default. */
function describeFilled(column) {
  const onUpdate = column.onUpdateFn !== undefined;
  const onInsert = column.defaultFn !== undefined || (onUpdate && !column.default);
  return onInsert || onUpdate ? { onInsert, onUpdate } : undefined;
}

/**
 * \a owner is {object, name, schema, view, place}: what views do differently (no casing, no quoting of ', plain enums) is
 * theirs.
 */
export function describeColumn(column, key, owner, context) {
  const { dialect, casing } = context;
  genuine(column, `${owner.name}.${key}`, owner.place);
  const place = placeFor(column.config) ?? owner.place;
  const name = text(owner.view ? column.name : columnName(column, casing), `${owner.name}.${key}`, place);
  const what = `${owner.name}.${name}`;
  const quoted = owner.view ? (value) => value : (value) => value.replaceAll("'", "''");
  return {
    name,
    type: text(typeText(column), what, place),
    typeSchema: text(enumSchema(column, !owner.view), what, place),
    primaryKey: Boolean(column.primary),
    notNull: Boolean(column.notNull),
    default: describeDefault(column, context, (value) => quoted(genuine(value, what, place)), what, place),
    generated: describeGenerated(column, dialect, what, place),
    identity: describeIdentity(column, name, owner, place),
    filledByCode: describeFilled(column),
    origin: originFor(key, column.config, owner.object),
  };
}
