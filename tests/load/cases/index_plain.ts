import { index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";

export const a = pgTable("a", { x: integer("x"), y: text("y"), z: integer() }, (t) => [
  index().on(t.x),
  index().on(t.x, t.y),
  index("named").on(t.y),
  uniqueIndex().on(t.z),
  uniqueIndex("unique_named").on(t.z, t.x),
  index("only").onOnly(t.x),
]);
