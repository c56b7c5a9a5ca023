import { integer, pgTable } from "drizzle-orm/pg-core";

export const yak = pgTable("yak", { id: integer("id").primaryKey() });
export const zeta = pgTable("zeta", { id: integer("id") });
