import { integer, pgTable, text } from "drizzle-orm/pg-core";

export const first = pgTable("same", { id: integer("id").primaryKey() });
export const between = pgTable("between", { id: integer("id").references(() => first.id) });
export const second = pgTable("same", { name: text("name") });
