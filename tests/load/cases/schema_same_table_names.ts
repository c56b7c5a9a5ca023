import { integer, pgSchema, pgTable, text } from "drizzle-orm/pg-core";

export const a = pgSchema("a");
export const b = pgSchema("b");
export const usersOfA = a.table("users", { id: integer("id").primaryKey() });
export const usersOfB = b.table("users", { id: integer("id").primaryKey(), ofA: integer("of_a").references(() => usersOfA.id) });
export const users = pgTable("users", { id: text("id").primaryKey(), ofB: integer("of_b").references(() => usersOfB.id) });
