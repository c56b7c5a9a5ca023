import { integer, pgRole, pgSchema, pgTable } from "drizzle-orm/pg-core";

export const visible = pgTable("visible", { id: integer("id") });
export const hidden = pgTable("hidden_table", { id: integer("id") });
export const outside = pgSchema("outside").table("outside", { id: integer("id") });
export const worker = pgRole("worker");
