import { integer, pgTable } from "drizzle-orm/pg-core";

export const users = pgTable("users_of_b", { id: integer("id") });
export const onlyB = pgTable("only_b", { id: integer("id") });
