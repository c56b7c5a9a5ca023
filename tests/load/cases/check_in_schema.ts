import { sql } from "drizzle-orm";
import { check, integer, pgSchema, pgTable } from "drizzle-orm/pg-core";

export const app = pgSchema("app");
export const a = app.table("a", { n: integer("n") }, (t) => [check("positive", sql`${t.n} > 0`)]);
export const b = pgTable("b", { n: integer("n") }, (t) => ({ anything: check("positive", sql`${t.n} > 0`), table: check("table", sql`${a.n} > 0`) }));
