import { foreignKey, integer, pgTable, type AnyPgColumn } from "drizzle-orm/pg-core";

export const nodes = pgTable("nodes", {
  id: integer("id").primaryKey(),
  parentId: integer("parent_id").references((): AnyPgColumn => nodes.id, { onDelete: "cascade" }),
  rootId: integer("root_id"),
}, (t) => [foreignKey({ columns: [t.rootId], foreignColumns: [t.id] })]);
