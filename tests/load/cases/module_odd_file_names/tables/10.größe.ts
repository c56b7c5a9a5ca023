import { integer, pgTable } from "drizzle-orm/pg-core";

export const größe = pgTable("größe", { id: integer("id") });
