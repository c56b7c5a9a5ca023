export * from "./people";
export * from "./everything";
import { pgTable, integer } from "drizzle-orm/pg-core";
export const zebra = pgTable("zebra", { id: integer().primaryKey(), "2024": integer(), b: integer(), "7": integer() });
export const ant = pgTable("ant", { id: integer().primaryKey() });
