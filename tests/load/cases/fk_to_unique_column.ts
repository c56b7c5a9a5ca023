import { foreignKey, pgTable, text, uuid } from "drizzle-orm/pg-core";

export const countries = pgTable("countries", { id: uuid().primaryKey(), code: text().notNull().unique(), region: text().unique() });
export const cities = pgTable("cities", {
  country: text().references(() => countries.code, { onUpdate: "cascade" }),
  region: text(),
}, (t) => ({ region: foreignKey({ columns: [t.region], foreignColumns: [countries.region], name: "cities_region" }) }));
