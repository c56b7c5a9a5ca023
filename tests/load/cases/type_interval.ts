import { interval, pgTable } from "drizzle-orm/pg-core";

const fields = ["year", "month", "day", "hour", "minute", "second", "year to month", "day to hour", "day to minute", "day to second", "hour to minute", "hour to second", "minute to second"] as const;

export const spans = pgTable("spans", {
  plain: interval("plain"),
  precise: interval("precise", { precision: 6 }),
  zero: interval("zero", { precision: 0 }),
  secondPrecise: interval("second_precise", { fields: "second", precision: 3 }),
  dayToSecond: interval("day_to_second_precise", { fields: "day to second", precision: 2 }),
  unnamed: interval(),
  quarter: interval("quarter").default("3 months"),
  ...Object.fromEntries(fields.map((field) => [field, interval(field.replaceAll(" ", "_"), { fields: field })])),
});
