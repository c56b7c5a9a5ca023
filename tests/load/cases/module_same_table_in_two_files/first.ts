import { integer, pgTable } from "drizzle-orm/pg-core";

export const users = pgTable("users", { id: integer("id").primaryKey(), old: integer("old") });
export const other = pgTable("other", { id: integer("id").references(() => users.id) });
