import { integer, pgTable, smallint } from "drizzle-orm/pg-core";

export const numbers = pgTable("numbers", {
  plain: integer(),
  named: integer("a_name"),
  required: integer("required").notNull(),
  key: integer("key").primaryKey(),
  small: smallint(),
  smallNamed: smallint("small_named").notNull().default(-32768),
  zero: integer("zero").default(0),
  negative: integer("negative").default(-1),
  negativeZero: integer("negative_zero").default(-0),
  largest: integer("largest").default(2147483647),
});
