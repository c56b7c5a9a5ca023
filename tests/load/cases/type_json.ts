import { json, jsonb, pgTable } from "drizzle-orm/pg-core";

export const documents = pgTable("documents", {
  a: json("a"),
  b: jsonb("b").notNull(),
  c: json(),
  d: jsonb().$type<{ name: string; tags: string[] }>(),
  e: jsonb("e").$type<string[]>().default([]),
  f: json("f").default({}),
});
