import { integer, pgTable } from "drizzle-orm/pg-core";

export const apple = pgTable("apple", { id: integer("id") });
export const banana = pgTable("banana", { id: integer("id") });
export const cherry = pgTable("cherry", { id: integer("id").references(() => banana.id) });
