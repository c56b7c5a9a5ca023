import { integer, pgTable } from "drizzle-orm/pg-core";

export const capital = pgTable("capital", { id: integer("id") });
