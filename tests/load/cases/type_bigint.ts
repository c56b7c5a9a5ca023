import { bigint, pgTable } from "drizzle-orm/pg-core";

export const counters = pgTable("counters", {
  asNumber: bigint("as_number", { mode: "number" }).notNull(),
  asBigint: bigint("as_bigint", { mode: "bigint" }),
  unnamed: bigint({ mode: "number" }),
  keyed: bigint({ mode: "bigint" }).primaryKey(),
  withDefault: bigint("with_default", { mode: "number" }).default(9007199254740991),
  withString: bigint("with_string", { mode: "bigint" }).default(sqlText()),
});

function sqlText(): any {
  return "9223372036854775807";
}
