import { integer, pgTable, unique } from "drizzle-orm/pg-core";

export const a = pgTable("a", { x: integer("x").unique() }, (t) => [
  unique().on(t.x),
]);
