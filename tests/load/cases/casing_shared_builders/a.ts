import { integer, pgTable, text } from "drizzle-orm/pg-core";

export const sharedId = integer().primaryKey();
export const sharedName = text().unique();
export const first = pgTable("first", { firstId: sharedId, firstName: sharedName });
