import { integer, pgRole, pgTable } from "drizzle-orm/pg-core";

export const z = pgRole("worker", { createDb: true });
export const a = pgRole("worker", { createRole: true });
export const t = pgTable("t", { id: integer("id") });
