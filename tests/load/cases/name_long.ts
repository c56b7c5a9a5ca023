import { integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";

const long = (letter: string) => letter.repeat(70);
export const a = pgTable(long("a"), { id: integer(long("b")).primaryKey(), name: text(long("c")).unique() });
export const b = pgTable(long("d"), { x: integer(long("e")).references(() => a.id), y: integer(long("f")) }, (t) => [primaryKey({ columns: [t.x, t.y] }), unique().on(t.y, t.x)]);
export const c = pgTable("ü".repeat(40), { id: integer("ß".repeat(40)).generatedAlwaysAsIdentity() });
