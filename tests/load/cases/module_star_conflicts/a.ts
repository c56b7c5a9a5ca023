import { integer, pgTable } from "drizzle-orm/pg-core";

export const users = pgTable("users_of_a", { id: integer("id") });
export const same = pgTable("same_of_a", { id: integer("id") });
