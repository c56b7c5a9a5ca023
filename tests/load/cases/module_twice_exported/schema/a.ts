import { integer, pgEnum, pgRole, pgSchema, pgSequence, pgTable } from "drizzle-orm/pg-core";

export const mood = pgEnum("mood", ["x", "y"]);
export const app = pgSchema("app");
export const numbers = pgSequence("numbers");
export const role = pgRole("role_of_a");
export const users = pgTable("users", { id: integer("id").primaryKey(), mood: mood("mood") });
