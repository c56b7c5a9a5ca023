import { integer, pgTable, text } from "drizzle-orm/pg-core";

const tables: Record<string, any> = {};
for (const name of ["logs", "events", "metrics"]) tables[name] = pgTable(name, Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`value${i}`, integer(`value_${i}`)])));

export const { logs, events, metrics } = tables;
export const [north, south] = ["north", "south"].map((side) => pgTable(`region_${side}`, { id: integer("id").primaryKey(), label: text("label").default(side) }));
export const wide = pgTable("wide", Object.fromEntries([..."zyxabc"].map((letter) => [letter, text(letter)])) as any);
