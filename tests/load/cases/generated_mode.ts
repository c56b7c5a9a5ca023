import { sql } from "drizzle-orm";
import { integer, pgTable } from "drizzle-orm/pg-core";

export const t = pgTable("t", {
  a: integer("a"),
  stored: (integer("stored") as any).generatedAlwaysAs(sql`a + 1`, { mode: "stored" }),
  virtual: (integer("virtual") as any).generatedAlwaysAs(sql`a + 2`, { mode: "virtual" }),
});
