import { integer, pgTable, unique } from "drizzle-orm/pg-core";

export const a = pgTable("a", {
  x: integer("x").unique(),
  y: integer("y").unique("a_x_unique"),
});
