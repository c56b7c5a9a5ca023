import { integer, pgTable } from "drizzle-orm/pg-core";

export const under = pgTable("under", { id: integer("id") });
