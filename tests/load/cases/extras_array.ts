import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgPolicy, pgTable, primaryKey, text, unique, uniqueIndex } from "drizzle-orm/pg-core";

export const other = pgTable("other", { id: integer("id").primaryKey() });
export const table = pgTable("table", { a: integer("a"), b: integer("b"), c: text("c") }, (t) => [
  pgPolicy("p", { using: sql`true` }),
  check("c", sql`${t.a} > 0`),
  unique().on(t.a, t.c),
  primaryKey({ columns: [t.a, t.b] }),
  index().on(t.c),
  uniqueIndex("ui").on(t.b),
  foreignKey({ columns: [t.b], foreignColumns: [other.id] }),
  ...[t.a, t.b].map((column) => index(`extra_${column.name}`).on(column)),
]);
