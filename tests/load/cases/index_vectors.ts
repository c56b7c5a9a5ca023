import { bit, halfvec, index, pgTable, sparsevec, vector } from "drizzle-orm/pg-core";

export const a = pgTable("a", {
  v: vector("v", { dimensions: 3 }),
  h: halfvec("h", { dimensions: 3 }),
  s: sparsevec("s", { dimensions: 3 }),
  b: bit("b", { dimensions: 3 }),
}, (t) => [
  index("l2").using("hnsw", t.v.op("vector_l2_ops")),
  index("ip").using("ivfflat", t.v.op("vector_ip_ops")).with({ lists: 100 }),
  index("cosine").using("hnsw", t.v.op("vector_cosine_ops")).with({ m: 16, ef_construction: 64 }),
  index("half").using("hnsw", t.h.op("halfvec_l2_ops")),
  index("half_without").using("hnsw", t.h),
  index("sparse").using("hnsw", t.s.op("sparsevec_l2_ops")),
  index("bits").using("hnsw", t.b.op("bit_hamming_ops")),
]);
