import { boolean, index, integer, pgTable, text } from "drizzle-orm/pg-core";

export const user = pgTable("user", { select: text("select"), order: integer("order"), default: boolean("default").default(true), constructor: text("constructor"), toString: text("toString"), hasOwn: text("hasOwnProperty") } as any, (t: any) => [index("table").on(t.select)]);
export const order = pgTable("order", { group: integer("group").primaryKey(), from: text("from").notNull() });
