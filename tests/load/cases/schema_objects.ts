import { sql } from "drizzle-orm";
import { integer, pgSchema } from "drizzle-orm/pg-core";

export const app = pgSchema("app");
export const second = pgSchema("Second Schema");
export const empty = pgSchema("empty");
export const mood = app.enum("mood", ["a", "b"]);
export const numbers = app.sequence("numbers", { startWith: 5 });
export const plain = app.sequence("plain");
export const users = app.table("users", { id: integer("id").primaryKey(), mood: mood("mood") });
export const users2 = second.table("users", { id: integer("id").primaryKey() });
export const view = app.view("view").as((qb) => qb.select().from(users));
export const manual = second.view("manual", { id: integer("id") }).as(sql`select 1 as id`);
export const materialized = app.materializedView("materialized").as((qb) => qb.select({ id: users.id }).from(users));
export const existing = second.materializedView("existing", { id: integer("id") }).existing();
