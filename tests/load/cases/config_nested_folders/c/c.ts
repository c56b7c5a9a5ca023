import { integer, pgTable } from "drizzle-orm/pg-core";

export const c1 = pgTable("c1", { id: integer("id") });
