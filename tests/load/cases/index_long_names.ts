import { index, integer, pgTable } from "drizzle-orm/pg-core";

export const a = pgTable("a_table_with_a_name_that_is_not_short_at_all", {
  x: integer("a_column_with_a_rather_long_name"),
  y: integer("another_column_with_a_rather_long_name"),
}, (t) => [index().on(t.x, t.y), index("i".repeat(80)).on(t.x), index("ü".repeat(40)).on(t.y)]);
