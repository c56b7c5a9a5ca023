import { integer, pgTable } from "drizzle-orm/pg-core";

export const hidden = pgTable("hidden_file", { id: integer("id") });
