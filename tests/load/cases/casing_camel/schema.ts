import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";

export const users = pgTable("users", {
  user_id: integer().primaryKey(),
  first_name: text().notNull(),
  last_name: text("last_name").unique(),
  email_address: text().unique(),
}, (t) => [
  index().on(t.first_name, t.last_name),
  unique().on(t.first_name, t.email_address),
  check("long_enough", sql`length(${t.first_name}) > 2`),
]);
export const user_posts = pgTable("user_posts", {
  post_id: integer(),
  author_id: integer().references(() => users.user_id),
  editor_id: integer("editor_id").references(() => users.user_id),
  author_name: text(),
}, (t) => [
  primaryKey({ columns: [t.post_id, t.author_id] }),
  foreignKey({ columns: [t.author_name], foreignColumns: [users.email_address] }),
]);
