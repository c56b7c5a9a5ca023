import { integer, pgTable } from "drizzle-orm/pg-core";

export const things = pgTable("things", { thing_id: integer().primaryKey() });
