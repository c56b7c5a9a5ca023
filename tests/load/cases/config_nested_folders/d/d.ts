import { integer, pgTable } from "drizzle-orm/pg-core";

export const d1 = pgTable("d1", { id: integer("id") });
