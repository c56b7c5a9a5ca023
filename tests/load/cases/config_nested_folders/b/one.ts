import { integer, pgTable } from "drizzle-orm/pg-core";

export const b1 = pgTable("b1", { id: integer("id") });
