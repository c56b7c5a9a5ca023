import { sql, type SQL } from "drizzle-orm";
import { index, integer, pgTable, text } from "drizzle-orm/pg-core";

export const t = pgTable("t", {
  a: integer("a"),
  b: integer("b").generatedAlwaysAs((): SQL => sql`${t.a} * ${2}`),
  c: text("c").generatedAlwaysAs(sql`concat('x', ${"it's"})`),
  d: text("d").generatedAlwaysAs((): SQL => sql`coalesce(${t.c}, ${sql.raw("'y'")})`).notNull(),
  e: integer("e").generatedAlwaysAs((): SQL => sql`${t.a} + 1`.inlineParams()).unique(),
}, (t) => [index("generated").on(t.b, t.e)]);
