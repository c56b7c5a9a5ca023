import { index, integer, pgSchema, pgTable } from "drizzle-orm/pg-core";

export const app = pgSchema("app");
export const other = pgSchema("other");
export const a = app.table("a", { x: integer("x") }, (t) => [index("same").on(t.x), index().on(t.x)]);
export const b = other.table("a", { x: integer("x") }, (t) => [index("same").on(t.x), index().on(t.x)]);
export const c = pgTable("a", { x: integer("x") }, (t) => [index("same").on(t.x), index().on(t.x)]);
