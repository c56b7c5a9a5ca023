import { integer, pgTable } from "drizzle-orm/pg-core";

export const zoo = pgTable("zoo", { id: integer("id") });
export const bar = pgTable("bar", { id: integer("id") });
export const middle = pgTable("shadowed", { id: integer("id") });
