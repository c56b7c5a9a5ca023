import { sql } from "drizzle-orm";
import { pgTable, time } from "drizzle-orm/pg-core";

export const times = pgTable("times", {
  plain: time("plain"),
  precise: time("precise", { precision: 6 }),
  zone: time("zone", { withTimezone: true }),
  both: time("both", { precision: 0, withTimezone: true }),
  unnamed: time({ precision: 3 }),
  noon: time("noon").default("12:00:00"),
  now: time("now").defaultNow(),
  local: time("local").default(sql`LOCALTIME(0)`),
});
