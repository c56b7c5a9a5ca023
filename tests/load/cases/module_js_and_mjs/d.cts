import { integer, pgTable } from "drizzle-orm/pg-core";

export const d = pgTable("cts_d", { id: integer("id") });
