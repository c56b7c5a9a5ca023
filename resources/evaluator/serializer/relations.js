// SPDX-License-Identifier: GPL-3.0-or-later
// Drizzle's relations(): which tables a query can follow to which, and by which columns.
import { orm, pg } from "../orm.js";
import { placeFor, placeOfRelation } from "../trace.js";
import { columnName, genuine, origin, text } from "./text.js";

const tableName = (table) => ({ schema: table[pg.PgTable.Symbol.Schema] ?? "", name: orm.getTableName(table) });

export function describeRelations(relations, casing) {
  genuine(relations.table, "relations", placeFor(relations));
  const described = relations.config(orm.createTableRelationsHelpers(relations.table));
  return Object.entries(described).map(([name, relation]) => {
    const place = placeOfRelation(relations, name);
    genuine(relation.referencedTable, name, place);
    const names = (columns) => (columns ?? []).map((column) => columnName(genuine(column, name, place), casing));
    const config = orm.is(relation, orm.One) ? relation.config : undefined;
    return {
      table: tableName(relations.table),
      name,
      kind: orm.is(relation, orm.One) ? "one" : "many",
      target: tableName(relation.referencedTable),
      columns: names(config?.fields),
      targetColumns: names(config?.references),
      relationName: text(relation.relationName, name, place),
      origin: origin(name, place),
    };
  });
}
