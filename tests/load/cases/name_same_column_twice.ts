import { integer, pgTable, text } from "drizzle-orm/pg-core";

export const t = pgTable("t", { a: integer("same"), b: text("other"), c: text("same").notNull() });
