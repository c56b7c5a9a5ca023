import { sql } from "drizzle-orm";
import { bigint, integer, pgTable, pgView, text } from "drizzle-orm/pg-core";

export const users = pgTable("users", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  name: text("name").notNull().unique(),
  upper: text("upper").generatedAlwaysAs(sql`upper(name)`),
  10: integer("10"),
  2: integer("two"),
});
export const all = pgView("all_users").as((qb) => qb.select().from(users));
export const identity = pgView("identity", { id: bigint("id", { mode: "number" }).generatedByDefaultAsIdentity({ increment: -1 }), text: text("text").generatedAlwaysAs(sql`1`) }).as(sql`select 1`);
