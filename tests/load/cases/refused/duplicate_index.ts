import { index, integer, pgTable } from "drizzle-orm/pg-core";

export const a = pgTable("a", { x: integer("x") }, (t) => [index("same").on(t.x)]);
export const b = pgTable("b", { x: integer("x") }, (t) => [
  index("same").on(t.x),
]);
