import { line, pgTable, point, vector } from "drizzle-orm/pg-core";

export const defaults = pgTable("defaults", {
  tuple: point("tuple").default([1, 2]),
  xy: point("xy", { mode: "xy" }).default({ x: 1, y: 2 }),
  line: line("line", { mode: "abc" }).default({ a: 1, b: 2, c: 3 }),
  vector: vector("vector", { dimensions: 2 }).default([1, 2]),
});
