import { integer, pgTable } from "drizzle-orm/pg-core";

export const quote = pgTable("quote", { id: integer("id") });
