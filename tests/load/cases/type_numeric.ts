import { decimal, numeric, pgTable } from "drizzle-orm/pg-core";

export const money = pgTable("money", {
  plain: numeric("plain"),
  precision: numeric("precision", { precision: 10 }),
  both: numeric("both", { precision: 10, scale: 2 }).default("0.00"),
  zeroScale: numeric("zero_scale", { precision: 10, scale: 0 }),
  scaleOnly: numeric("scale_only", { scale: 2 } as any),
  asNumber: numeric("as_number", { mode: "number", precision: 12, scale: 4 }).default(1.25),
  asBigint: numeric("as_bigint", { mode: "bigint", precision: 30 }),
  asString: numeric("as_string", { mode: "string" }).default("12345678901234567890.123"),
  alias: decimal("alias", { precision: 5, scale: 5 }).notNull(),
  unnamed: decimal(),
});
