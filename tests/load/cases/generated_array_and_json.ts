import { sql } from "drizzle-orm";
import { jsonb, pgTable, text } from "drizzle-orm/pg-core";

export const documents = pgTable("documents", {
  body: jsonb("body").notNull(),
  tags: text("tags").array().generatedAlwaysAs(sql`string_to_array(body ->> 'tags', ',')`),
  title: text("title").generatedAlwaysAs(sql`body #>> '{title}'`).unique(),
});
