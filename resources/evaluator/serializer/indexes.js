// SPDX-License-Identifier: GPL-3.0-or-later
// The indexes of a table.
import { isVersion1 } from "../orm.js";
import { Problem, attemptAll } from "../problems.js";
import { originFor, placeFor } from "../trace.js";
import { indexName } from "./names.js";
import { conditionText, genuine, isSql, parameters, presentName, sqlText, text } from "./text.js";

/** {order, nulls, opClass} of a column in an index. Until 0.30 the first two were the index's. */
const orderOf = (column, config) => column.indexConfig ?? { order: config.order ?? "asc", nulls: config.nulls };

// A column without an order is descending to drizzle-kit 0.31, when it was not taken from the callback's argument; the
// snapshots say so.
const isAscending = (order) => order === "asc" || (isVersion1 && !order);

function describeColumn(column, config, owner, place, { casing, dialect }) {
  genuine(column, owner.name, place);
  if (isSql(column))
    return { expression: sqlText(dialect, column, owner.name, place, "indexes"), isExpression: true, ascending: true, nulls: "last", operatorClass: "" };
  const { order, nulls, opClass } = orderOf(column, config);
  return {
    expression: text(presentName(column, config.name ?? "index", owner, place, casing), owner.name, place),
    isExpression: false,
    ascending: isAscending(order),
    nulls: genuine(nulls, owner.name, place) || (order === "desc" ? "first" : "last"),
    operatorClass: text(opClass, owner.name, place),
  };
}

/** Until 0.30 the method is SQL, and may have more than a name in it. */
function methodOf(config, owner, place, dialect) {
  if (!isSql(config.using)) return text(config.method ?? "btree", owner.name, place);
  return /^\w+/.exec(sqlText(dialect, config.using, owner.name, place))?.[0] ?? "btree";
}

function describeIndex(index, owner, context) {
  const { config } = index;
  const place = placeFor(config.columns) ?? owner.place;
  if (!config.name && config.columns.some(isSql)) throw new Problem("unnamedIndex", [owner.name], place);
  const columns = config.columns.map((column) => describeColumn(column, config, owner, place, context));
  for (const column of config.columns) {
    if (column.type === "PgVector" && column.indexConfig?.opClass === undefined)
      throw new Problem("vectorIndexWithoutOperatorClass", [config.name ?? "", owner.name], place);
  }
  const what = `${owner.name}.${config.name ?? "index"}`;
  return {
    name: text(indexName(config, owner.name, columns.map((column) => column.expression)), owner.name, place),
    columns,
    isUnique: Boolean(config.unique ?? false),
    where: config.where ? conditionText(context.dialect, genuine(config.where, what, place), owner.name, place) : "",
    concurrently: Boolean(config.concurrently ?? false),
    method: methodOf(config, owner, place, context.dialect),
    with: parameters(config.with, what, place),
    origin: originFor("", config.columns, owner.object),
  };
}

/** Index names are unique in a schema, over all its tables; the context's indexNames holds those that were seen. */
export function describeIndexes(indexes, owner, context) {
  const seen = (context.indexNames[owner.schema] ??= new Set());
  const read = (index) => {
    const described = describeIndex(index, owner, context);
    if (seen.has(described.name))
      throw new Problem("duplicateIndex", [described.name, owner.name], placeFor(index.config.columns) ?? owner.place);
    seen.add(described.name);
    return described;
  };
  return attemptAll(indexes, read, "partThrows", [owner.name], owner.place);
}
