import { integer, pgTable, text } from "drizzle-orm/pg-core";

export const pairs = pgTable("pairs", { a: integer("a").primaryKey(), b: text("b").primaryKey(), c: text("c") });
