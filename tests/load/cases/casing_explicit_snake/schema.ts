import { sql } from "drizzle-orm";
import { index, integer, pgSchema, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";

export const appSchema = pgSchema("appSchema");
export const a = appSchema.table("camelTable", {
  id: integer("userId").primaryKey(),
  b: text("FirstName").unique(),
  c: text("already_snake"),
}, (t) => [index().on(t.b, t.c), unique().on(t.c, t.b)]);
export const b = pgTable("otherTable", {
  someRef: integer("someRef").references(() => a.id),
  otherRef: integer(),
}, (t) => [primaryKey({ columns: [t.someRef, t.otherRef] }), index("raw").on(sql`${t.otherRef} + ${t.someRef}`)]);
