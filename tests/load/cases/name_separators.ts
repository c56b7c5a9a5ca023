import { integer, pgTable, text, unique } from "drizzle-orm/pg-core";

export const a = pgTable("semi;colon", { "a;b": integer("a;b").primaryKey(), b: text("dash--dash") });
export const b = pgTable("com,ma", { b: integer("x").references(() => a["a;b"]), c: text("y,z") });
export const c = pgTable("dash--dash", { id: integer("id") }, (t) => [unique("u;n").on(t.id)]);
export const d = pgTable("with space", { "with space": integer("with space"), dot: integer("a.b") });
export const e = pgTable("a.b", { id: integer("id") });
export const f = pgTable(" lead", { id: integer(" id "), nl: text("new\nline"), tab: text("tab\tbed") });
