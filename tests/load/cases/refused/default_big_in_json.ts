import { integer, jsonb, pgTable } from "drizzle-orm/pg-core";

export const a = pgTable("a", {
  id: integer("id"),
  x: jsonb("x").default({ big: 5n }),
});
