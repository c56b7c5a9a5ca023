import { sql } from "drizzle-orm";
import { check, index, integer, pgEnum, pgTable, text, unique } from "drizzle-orm/pg-core";

export const kind = pgEnum('the "kind"', ["a"]);
export const t = pgTable('a "quoted" table', {
  id: integer('i"d').primaryKey(),
  single: text("it's").unique(),
  kind: kind("kind").default("a"),
  back: text("back\\slash"),
  tick: text("`tick`"),
}, (t) => [index('in"dex').on(t.id), unique('u"n').on(t.single, t.id), check("c'k", sql`${t.id} > 0`)]);
export const o = pgTable("o", { t: integer("t").references(() => t.id) });
