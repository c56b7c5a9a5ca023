import { foreignKey, integer, pgTable } from "drizzle-orm/pg-core";

export const a = pgTable("a", { id: integer("id").primaryKey() });
export const b = pgTable("b", { a: integer("a").references(() => a.id, { onDelete: "cascade" }) }, (t) => [
  foreignKey({ columns: [t.a], foreignColumns: [a.id] }).onDelete("restrict"),
]);
export const c = pgTable("c", { a: integer("a").references(() => a.id).references(() => a.id, { onDelete: "set null" }) });
