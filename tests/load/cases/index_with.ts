import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";

export const a = pgTable("a", { x: integer("x"), t: text("t"), j: jsonb("j") }, (t) => [
  index("fill").on(t.x).with({ fillfactor: 70 }),
  index("fast").using("gin", t.j).with({ fastupdate: false, gin_pending_list_limit: 64 }),
  index("text").on(t.t).with({ deduplicate_items: "off" }),
  index("empty").on(t.x).with({}),
  index("all").using("btree", t.x.desc()).with({ fillfactor: 50 }).where(undefined as any).concurrently(),
]);
