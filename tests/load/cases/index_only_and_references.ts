import { foreignKey, index, integer, pgTable, text } from "drizzle-orm/pg-core";

export const first = pgTable("first", { id: integer("id").references((): any => second.id) });
export const second = pgTable("second", { id: integer("id").primaryKey(), name: text("name"), parent: integer("parent") }, (t) => [
  index("a").onOnly(t.name.desc().op("text_pattern_ops")),
  index("b").onOnly(t.name.nullsFirst(), t.id),
  index("c").on(t.name),
  foreignKey({ columns: [t.parent], foreignColumns: [t.id] }),
]);
export const third = pgTable("third", { id: integer("id").references(() => second.id), at: integer("at") }, (t) => [index("d").onOnly(t.at.desc()), index("e").onOnly(t.at)]);
