import { json, jsonb, pgTable } from "drizzle-orm/pg-core";

export const defaults = pgTable("defaults", {
  single: jsonb("single").default({ a: "it's" }),
  many: json("many").default(["''", "'"]),
});
