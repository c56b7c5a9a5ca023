import { integer, pgTable } from "drizzle-orm/pg-core";

export const b2 = pgTable("b2", { id: integer("id") });
