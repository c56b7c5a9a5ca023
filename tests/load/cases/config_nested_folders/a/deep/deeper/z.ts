import { integer, pgTable } from "drizzle-orm/pg-core";

export const az = pgTable("not_read", { id: integer("id") });
