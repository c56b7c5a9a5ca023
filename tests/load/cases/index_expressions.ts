import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";

export const people = pgTable("people", { id: integer("id"), name: text("name"), data: jsonb("data") }, (t) => [
  uniqueIndex("lower_name").on(sql`lower(${t.name})`),
  index("mixed").on(t.id, sql`upper(${t.name}) desc`, t.name.desc()),
  index("json").on(sql`(${t.data} ->> 'key')`),
  index("cast").using("gin", sql`(${t.data} -> 'tags') jsonb_path_ops`),
  index("text_search").using("gin", sql`to_tsvector('english', coalesce(${t.name}, ''))`),
  index("raw").on(sql.raw("id % 10")),
  index("parameter").on(sql`left(${t.name}, ${5})`),
]);
