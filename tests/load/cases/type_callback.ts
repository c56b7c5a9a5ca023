import { pgTable } from "drizzle-orm/pg-core";

export const everything = pgTable("everything", (t) => ({
  id: t.bigserial({ mode: "number" }).primaryKey(),
  flag: t.boolean().notNull().default(false),
  label: t.varchar({ length: 40 }).notNull(),
  price: t.numeric({ precision: 8, scale: 2 }),
  at: t.timestamp({ withTimezone: true }).defaultNow(),
  span: t.interval({ fields: "hour to second" }),
  address: t.inet(),
  code: t.char({ length: 2 }),
  data: t.jsonb(),
  where: t.geometry({ type: "point", mode: "xy", srid: 4326 }),
  embedding: t.vector({ dimensions: 4 }),
  spot: t.point({ mode: "xy" }),
  named: t.text("another_name"),
}));
