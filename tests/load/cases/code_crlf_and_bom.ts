import { sql } from "drizzle-orm";
import { check, pgTable, text } from "drizzle-orm/pg-core";

// Saved with a byte order mark and the line ends of Windows.
export const t = pgTable("t", { a: text("a").default(`two
lines`) }, (t) => [
  check("c", sql`${t.a} <> 'x'
    or true`),
]);
