import { foreignKey, integer, pgTable, text } from "drizzle-orm/pg-core";

export const a = pgTable("a b", { "x-y": integer("x-y").primaryKey(), z: text("Z").unique() });
export const b = pgTable("B", { q: integer('q"q').references(() => a["x-y"]), r: text("r;r") }, (t) => [
  foreignKey({ columns: [t.r], foreignColumns: [a.z], name: "" }),
  foreignKey({ columns: [t.q], foreignColumns: [a["x-y"]], name: "Ünïcode, name; -- with \"all\"" }),
]);
