import { integer, pgTable } from "drizzle-orm/pg-core";

export const inZ = pgTable("in_z", { id: integer("id").primaryKey() });
