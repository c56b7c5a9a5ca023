import { pgTable, timestamp } from "drizzle-orm/pg-core";

export const moments = pgTable("moments", {
  plain: timestamp("plain"),
  zone: timestamp("zone", { withTimezone: true }),
  precise: timestamp("precise", { precision: 3 }),
  preciseZone: timestamp("precise_zone", { precision: 6, withTimezone: true }),
  zero: timestamp("zero", { precision: 0 }),
  text: timestamp("text", { mode: "string" }),
  textPrecise: timestamp("text_precise", { mode: "string", precision: 3 }),
  textZone: timestamp("text_zone", { mode: "string", withTimezone: true }),
  textBoth: timestamp("text_both", { mode: "string", precision: 0, withTimezone: true }),
  asDate: timestamp("as_date", { mode: "date" }),
  now: timestamp("now").defaultNow().notNull(),
  unnamed: timestamp(),
  unnamedBoth: timestamp({ withTimezone: true, precision: 2 }).defaultNow(),
});
