import { integer, pgTable } from "drizzle-orm/pg-core";

export const c2 = pgTable("c2", { id: integer("id") });
