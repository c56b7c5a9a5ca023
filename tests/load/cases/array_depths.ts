import { boolean, integer, jsonb, pgTable, text, timestamp, uuid, varchar } from "drizzle-orm/pg-core";

export const lists = pgTable("lists", {
  one: text("one").array(),
  two: text("two").array().array(),
  three: integer("three").array().array().array(),
  sized: integer("sized").array(3),
  sizedTwice: integer("sized_twice").array(3).array(4),
  mixed: integer("mixed").array().array(2),
  zero: integer("zero").array(0),
  flags: boolean("flags").array().notNull(),
  names: varchar("names", { length: 20 }).array(),
  moments: timestamp("moments", { withTimezone: true, precision: 3 }).array(),
  ids: uuid().array(),
  documents: jsonb("documents").array(),
});
