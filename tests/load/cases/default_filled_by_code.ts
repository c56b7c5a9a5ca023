import { sql } from "drizzle-orm";
import { integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

let next = 0;
export const notes = pgTable("notes", {
  id: text("id").primaryKey().$defaultFn(() => `note_${next++}`),
  alias: text("alias").$default(() => "x").notNull(),
  changed: timestamp("changed").$onUpdate(() => new Date()),
  changedToo: timestamp("changed_too").defaultNow().$onUpdateFn(() => new Date()).notNull(),
  counted: integer("counted").default(1).$onUpdateFn(() => sql`counted + 1`),
  typed: text("typed").$type<"a" | "b">().default("a"),
});
