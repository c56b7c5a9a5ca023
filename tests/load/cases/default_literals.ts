import { boolean, char, integer, numeric, pgTable, text, uuid, varchar } from "drizzle-orm/pg-core";

export const defaults = pgTable("defaults", {
  text: text("text").default("plain"),
  empty: text("empty").default(""),
  zero: integer("zero").default(0),
  no: boolean("no").default(false),
  yes: boolean("yes").default(true),
  amount: numeric("amount", { precision: 4, scale: 2 }).default("-1.50"),
  code: char("code", { length: 2 }).default("de"),
  label: varchar("label", { length: 10 }).default("0"),
  numberText: text("number_text").default("42"),
  nullText: text("null_text").default("NULL"),
  id: uuid("id").default("123e4567-e89b-12d3-a456-426614174000"),
});
