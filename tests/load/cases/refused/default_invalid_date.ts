import { integer, pgTable, timestamp } from "drizzle-orm/pg-core";

export const a = pgTable("a", {
  id: integer("id"),
  x: timestamp("x").default(new Date("not a date")),
});
