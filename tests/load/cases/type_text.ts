import { char, pgTable, text, varchar } from "drizzle-orm/pg-core";

export const texts = pgTable("texts", {
  a: text("a").notNull(),
  b: text(),
  c: text("c", { enum: ["one", "two"] }).default("one"),
  d: varchar("d"),
  e: varchar("e", { length: 255 }).notNull(),
  f: varchar({ length: 1 }),
  g: varchar("g", { length: 20, enum: ["x", "y"] }).default("y"),
  h: char("h"),
  i: char("i", { length: 2 }),
  j: char({ length: 3, enum: ["abc", "def"] }).default("abc"),
  k: varchar("k", { length: 10485760 }),
});
