// SPDX-License-Identifier: GPL-3.0-or-later
// The names that drizzle-kit gives to constraints that have none in the code: 0.31 those of drizzle-orm, 1.0 its own.
import { isVersion1, pg } from "../orm.js";
import { columnName } from "./text.js";

/** A generated name under a casing: drizzle-kit replaces the first occurrence of each column's name, wherever it is. */
function recased(name, columns, casing) {
  if (casing === undefined) return name;
  return columns.reduce((result, column) => result.replace(column.name, columnName(column, casing)), name);
}

export const primaryKeyName = (key, table, casing) =>
  isVersion1 ? key.name || `${table}_pkey` : recased(key.getName(), key.columns, casing);

export const indexName = (config, table, names) => config.name || `${table}_${names.join("_")}_index`;

/** The name of a column's own unique(). */
export const columnUniqueName = (column, table) =>
  isVersion1 ? column.uniqueName ?? `${table}_${column.name}_key` : column.uniqueName;

export const uniqueName = (unique, table, names) => unique.name ?? pg.uniqueKeyName(table, names);

/** drizzle-kit 1.0's short form of a name that PostgreSQL would cut: 12 digits of base 62. */
function shortened(text) {
  const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const length = 12, base = BigInt(digits.length), count = base ** BigInt(length);
  let sum = 0n, weight = 1n;
  for (const character of text) {
    sum = (sum + BigInt(character.codePointAt(0)) * weight) % count;
    weight = (weight * 53n) % count;
  }
  let result = "";
  for (; result.length < length; sum /= base) result = digits[Number(sum % base)] + result;
  return result;
}

function foreignKeyName1(table, columns, target, targetColumns) {
  const wanted = `${table}_${columns.join("_")}_${target}_${targetColumns.join("_")}_fkey`;
  if (wanted.length <= 63) return wanted;
  return table.length < 45 ? `${table}_${shortened(wanted)}_fkey` : `${shortened(wanted)}_fkey`;
}

/** \a reference is {name, columns, foreignColumns} as the key's reference() gives it. */
export function foreignKeyName(key, reference, table, target, casing) {
  const { columns, foreignColumns } = reference;
  if (!isVersion1) return recased(recased(key.getName(), columns, casing), foreignColumns, casing);
  const names = (list) => list.map((column) => column.name);
  return reference.name || foreignKeyName1(table, names(columns), target, names(foreignColumns));
}
