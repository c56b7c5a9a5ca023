import { sql } from "drizzle-orm";
import { integer, pgTable } from "drizzle-orm/pg-core";

export const a = pgTable("a", {
  x: integer("x").default(sql`${5} + 1`),
});
