import { sql } from "drizzle-orm";
import { index, integer, pgTable, uniqueIndex } from "drizzle-orm/pg-core";

export const a = pgTable("a", { x: integer("x") }, (t) => [
  index("one").on(t.x).concurrently(),
  uniqueIndex("two").on(t.x).concurrently().where(sql`${t.x} > 0`),
  index("three").using("hash", t.x).concurrently(),
]);
