import { integer, pgTable } from "drizzle-orm/pg-core";

export const ay = pgTable("ay", { id: integer("id") });
