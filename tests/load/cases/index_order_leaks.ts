import { index, integer, pgTable } from "drizzle-orm/pg-core";

export const a = pgTable("a", { x: integer("x"), y: integer("y") }, (t) => [
  index("only").onOnly(t.x.desc()),
  index("shared").onOnly(t.x),
  index("second").onOnly(t.x.desc(), t.x),
  index("third").on(t.x, t.y.op("int4_ops")),
  index("fourth").on(t.y),
]);
