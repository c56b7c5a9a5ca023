import { integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

const id = integer().primaryKey();
const code = text().unique();
const at = timestamp("at").defaultNow();
const target = pgTable("target", { id: integer("id").primaryKey() });
const link = integer().references(() => target.id);

export { target };
export const first = pgTable("first", { id, code, at, link });
export const second = pgTable("second", { id, otherCode: code, changed: at, otherLink: link });
export const third = pgTable("third", { label: code, number: id });
