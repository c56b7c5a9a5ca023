import { integer, pgEnum, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const mood = pgEnum("mood", ["a", "b"]);
export const target = pgTable("target", { id: integer("id").primaryKey() });
export const lists = pgTable("lists", {
  required: text("required").notNull().array(),
  defaulted: text("defaulted").default("x").array(),
  unique: text("unique").unique().array(),
  key: integer("key").primaryKey().array(),
  linked: integer("linked").references(() => target.id).array(),
  linkedArray: integer("linked_array").array().references(() => target.id),
  both: mood("both").notNull().array().notNull().default([]),
  now: timestamp("now").defaultNow().array(),
  typed: text("typed").$type<"a">().array().$type<string[]>().default(["a"]),
});
