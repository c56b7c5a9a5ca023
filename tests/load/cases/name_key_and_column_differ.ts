import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

export const t = pgTable("t", { name: text("title"), title: text("name"), id: integer("key"), key: integer("id") }, (t) => [primaryKey({ columns: [t.id, t.key] }), index().on(t.name, t.title)]);
