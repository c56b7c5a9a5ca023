import { integer, pgTable } from "drizzle-orm/pg-core";

export const hiddenInNamespace = pgTable("hidden_in_namespace", { id: integer("id") });
