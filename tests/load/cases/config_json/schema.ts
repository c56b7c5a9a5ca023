import { integer, pgTable } from "drizzle-orm/pg-core";

export const things = pgTable("things", { thingId: integer().primaryKey() });
