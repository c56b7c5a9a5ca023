import { date, pgTable } from "drizzle-orm/pg-core";

export const days = pgTable("days", {
  plain: date("plain"),
  asDate: date("as_date", { mode: "date" }).default(new Date("2024-02-29T23:59:59.999Z")),
  asString: date("as_string", { mode: "string" }).default("2024-02-29"),
  now: date("now").defaultNow().notNull(),
  unnamed: date(),
  unnamedDate: date({ mode: "date" }).defaultNow(),
  words: date("words").default("infinity"),
});
