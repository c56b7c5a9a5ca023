import { sql } from "drizzle-orm";
import { index, pgTable, text } from "drizzle-orm/pg-core";

export const a = pgTable("a", { x: text("x") }, (t) => [
  index().on(sql`lower(${t.x})`),
]);
