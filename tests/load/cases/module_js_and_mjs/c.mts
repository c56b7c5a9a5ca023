import { integer, pgTable } from "drizzle-orm/pg-core";

export const c = pgTable("mts_c", { id: integer("id") });
