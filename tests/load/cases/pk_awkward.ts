import { integer, pgSchema, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

export const app = pgSchema("app");
export const both = pgTable("both", { a: integer("a").primaryKey(), b: text("b") }, (t) => [primaryKey({ columns: [t.a, t.b] })]);
export const twice = pgTable("twice", { a: integer("a"), b: text("b") }, (t) => [primaryKey({ columns: [t.a, t.b] }), primaryKey({ name: "second", columns: [t.b, t.a] })]);
export const repeated = pgTable("repeated", { a: integer("a"), b: text("b") }, (t) => [primaryKey({ columns: [t.a, t.b] }), primaryKey({ columns: [t.a, t.b] })]);
export const inSchema = app.table("in_schema", { a: integer("a"), b: text("b") }, (t) => ({ anyName: primaryKey({ columns: [t.a, t.b] }) }));
