import { integer, pgTable, text } from "drizzle-orm/pg-core";

export const a = pgTable("constructor", { valueOf: text("valueOf"), isPrototypeOf: text("isPrototypeOf") } as any);
export const b = pgTable("toString", { id: integer("id") });
