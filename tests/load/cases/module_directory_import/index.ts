import { integer, pgTable } from "drizzle-orm/pg-core";

export const above = pgTable("above", { id: integer("id") });
