import { integer, pgTable } from "drizzle-orm/pg-core";

export const notRead = pgTable("not_read", { id: integer("id") });
