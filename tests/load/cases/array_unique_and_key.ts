import { integer, pgTable, text, unique } from "drizzle-orm/pg-core";

export const lists = pgTable("lists", {
  path: text("path").array().primaryKey(),
  tags: text("tags").array().unique(),
  codes: integer("codes").array(4).unique("codes_once", { nulls: "not distinct" }),
}, (t) => [unique().on(t.path, t.codes)]);
