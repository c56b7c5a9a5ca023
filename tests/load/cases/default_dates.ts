import { date, pgTable, time, timestamp } from "drizzle-orm/pg-core";

const moment = new Date(Date.UTC(2024, 1, 29, 12, 34, 56, 789));
export const defaults = pgTable("defaults", {
  date: date("date", { mode: "date" }).default(moment),
  timestamp: timestamp("timestamp").default(moment),
  timestampPrecise: timestamp("timestamp_precise", { precision: 3 }).default(moment),
  timestampZone: timestamp("timestamp_zone", { withTimezone: true }).default(moment),
  timestampBoth: timestamp("timestamp_both", { withTimezone: true, precision: 6 }).default(moment),
  dateText: date("date_text").default("2024-02-29"),
  timestampText: timestamp("timestamp_text", { mode: "string" }).default("2024-02-29 12:34:56"),
  timeText: time("time_text").default("12:34:56.789"),
  epoch: timestamp("epoch").default(new Date(0)),
  early: timestamp("early").default(new Date("0001-01-01T00:00:00Z")),
  late: timestamp("late").default(new Date("9999-12-31T23:59:59.999Z")),
  far: timestamp("far").default(new Date("+012345-01-01T00:00:00Z")),
});
