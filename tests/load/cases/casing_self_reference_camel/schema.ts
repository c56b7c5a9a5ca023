import { foreignKey, index, integer, pgTable, uniqueIndex, type AnyPgColumn } from "drizzle-orm/pg-core";

export const tree_nodes = pgTable("tree_nodes", {
  node_id: integer().primaryKey(),
  parent_node: integer().references((): AnyPgColumn => tree_nodes.node_id),
  root_node: integer("root_node"),
}, (t) => [
  foreignKey({ columns: [t.root_node], foreignColumns: [t.node_id] }),
  index().on(t.parent_node, t.root_node),
  uniqueIndex().on(t.parent_node.asc().nullsFirst()),
]);
