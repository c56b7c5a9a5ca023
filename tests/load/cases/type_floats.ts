import { doublePrecision, pgTable, real } from "drizzle-orm/pg-core";

export const measures = pgTable("measures", {
  a: real("a"),
  b: real().default(1.5).notNull(),
  c: doublePrecision("c").default(0.1),
  d: doublePrecision().default(1e21),
  e: doublePrecision("e").default(-2.5e-9),
  f: real("f").default(100),
  g: doublePrecision("g").default(123456789.123456789),
  h: doublePrecision("h").default(1e-7),
});
