import { sql } from "drizzle-orm";
import { boolean, integer, pgEnum, pgTable, pgView, text, timestamp } from "drizzle-orm/pg-core";

export const mood = pgEnum("mood", ["it's", "ok"]);
export const users = pgTable("users", { id: integer("id").primaryKey(), name: text("name") });

export const plain = pgView("plain", { id: integer("id"), name: text("name") }).as(sql`select id, name from users`);
export const interpolated = pgView("interpolated", { id: integer("id").notNull() }).as(sql`select ${users.id} from ${users} where ${users.name} = ${"it's"} and ${users.id} > ${5}`);
export const typed = pgView("typed", {
  id: integer("id").primaryKey(),
  mood: mood("mood").default("it's"),
  moods: mood("moods").array().default(["ok"]),
  flag: boolean("flag").default(false),
  at: timestamp("at", { precision: 3 }).defaultNow(),
  text: text("text").default("it's"),
  unique: text("unique").unique(),
  tags: text("tags").array().default(["a"]),
}).as(sql`select 1`);
export const existing = pgView("existing", { id: integer("id") }).existing();
export const semicolon = pgView("semi;colon, view--", { id: integer("id") }).as(sql`select 1 as id, ';' as "a;b"`);
export const raw = pgView("raw", { id: integer("id") }).as(sql.raw("select 1 as id -- comment"));
export const lines = pgView("lines", {}).as(sql`
  select *
  from users
`);
