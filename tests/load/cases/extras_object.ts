import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgPolicy, pgTable, primaryKey, text, unique, uniqueIndex } from "drizzle-orm/pg-core";

export const other = pgTable("other", { id: integer("id").primaryKey() });
export const table = pgTable("table", { a: integer("a"), b: integer("b"), c: text("c") }, (t) => ({
  zPolicy: pgPolicy("p", { using: sql`true` }),
  yCheck: check("c", sql`${t.a} > 0`),
  xUnique: unique().on(t.a, t.c),
  wKey: primaryKey({ columns: [t.a, t.b] }),
  vIndex: index().on(t.c),
  uIndex: uniqueIndex("ui").on(t.b),
  tKey: foreignKey({ columns: [t.b], foreignColumns: [other.id] }),
  2: index("second").on(t.a),
  1: index("first").on(t.a),
}));
