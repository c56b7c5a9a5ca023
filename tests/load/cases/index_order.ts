import { index, integer, pgTable, text } from "drizzle-orm/pg-core";

export const a = pgTable("a", { x: integer("x"), y: text("y") }, (t) => [
  index("asc").on(t.x.asc()),
  index("desc").on(t.x.desc()),
  index("first").on(t.x.nullsFirst()),
  index("last").on(t.x.nullsLast()),
  index("asc_first").on(t.x.asc().nullsFirst()),
  index("desc_first").on(t.x.desc().nullsFirst()),
  index("desc_last").on(t.x.desc().nullsLast(), t.y.asc()),
  index("after").on(t.x, t.y),
]);
