import { bit, halfvec, pgTable, sparsevec, vector } from "drizzle-orm/pg-core";

export const embeddings = pgTable("embeddings", {
  a: bit("a", { dimensions: 3 }),
  b: halfvec("b", { dimensions: 16 }),
  c: sparsevec("c", { dimensions: 1000 }),
  d: vector("d", { dimensions: 1536 }).notNull(),
  e: bit({ dimensions: 64 }),
  f: halfvec({ dimensions: 3 }),
  g: sparsevec({ dimensions: 3 }),
  h: vector({ dimensions: 3 }),
  i: bit("i", { dimensions: 3 }).default("101"),
  j: sparsevec("j", { dimensions: 5 }).default("{1:1,3:2}/5"),
});
