import { integer, pgTable } from "drizzle-orm/pg-core";

export const ax = pgTable("ax", { id: integer("id") });
