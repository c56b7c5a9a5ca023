import { sql } from "drizzle-orm";
import { check, integer, pgTable } from "drizzle-orm/pg-core";

export const a = pgTable("a", { x: integer("x") }, (t) => [
  check("same", sql`${t.x} > 0`),
  check("same", sql`${t.x} > 1`),
]);
