import { index, pgTable, vector } from "drizzle-orm/pg-core";

export const a = pgTable("a", { x: vector("x", { dimensions: 3 }) }, (t) => [
  index("nearest").using("hnsw", t.x),
]);
