import { integer, pgTable } from "drizzle-orm/pg-core";

export const z = pgTable("mjs_z", { id: integer("id").primaryKey() });
export const a = pgTable("mjs_a", { id: integer("id") });
