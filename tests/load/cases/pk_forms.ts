import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

export const one = pgTable("one", { id: integer("id").primaryKey() });
export const viaExtras = pgTable("via_extras", { id: integer("id") }, (t) => [primaryKey({ columns: [t.id] })]);
export const viaExtrasNamed = pgTable("via_extras_named", { id: integer("id") }, (t) => [primaryKey({ name: "my_key", columns: [t.id] })]);
export const composite = pgTable("composite", { a: integer("a"), b: text("b").notNull(), c: integer("c") }, (t) => [primaryKey({ columns: [t.b, t.a] })]);
export const compositeNamed = pgTable("composite_named", { a: integer("a"), b: text("b") }, (t) => [primaryKey({ columns: [t.a, t.b], name: "pair" })]);
export const oldForm = pgTable("old_form", { a: integer("a"), b: text("b") }, (t) => ({ pk: (primaryKey as any)(t.a, t.b) }));
export const none = pgTable("none", { a: integer("a") });
