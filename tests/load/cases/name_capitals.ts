import { index, integer, pgEnum, pgTable, text, unique } from "drizzle-orm/pg-core";

export const Mood = pgEnum("UserMood", ["Ok", "OK", "ok"]);
export const Users = pgTable("Users", { Id: integer("ID").primaryKey(), userName: text("userName").unique(), Mood: Mood("Mood").default("OK") }, (t) => [index("UserIndex").on(t.userName), unique().on(t.Id, t.userName)]);
export const users = pgTable("users", { id: integer("Id").references(() => Users.Id) });
