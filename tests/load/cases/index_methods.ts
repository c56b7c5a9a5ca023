import { index, integer, jsonb, pgTable, point, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";

export const a = pgTable("a", { x: integer("x"), t: text("t"), j: jsonb("j"), p: point("p"), at: timestamp("at") }, (t) => [
  index("b").using("btree", t.x.desc()),
  index("h").using("hash", t.t),
  index("g").using("gin", t.j),
  index("gs").using("gist", t.p),
  index("sg").using("spgist", t.p),
  index("br").using("brin", t.at),
  index("bl").using("bloom", t.x, t.t),
  uniqueIndex("ub").using("btree", t.t),
  index().using("hash", t.x),
]);
