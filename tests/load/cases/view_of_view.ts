import { eq } from "drizzle-orm";
import { integer, pgMaterializedView, pgTable, pgView, text } from "drizzle-orm/pg-core";

export const users = pgTable("users", { id: integer("id").primaryKey(), name: text("name") });
export const first = pgView("first").as((qb) => qb.select({ id: users.id, label: users.name }).from(users));
export const second = pgView("second").as((qb) => qb.select({ id: first.id }).from(first).where(eq(first.label, "x")));
export const third = pgMaterializedView("third").as((qb) => qb.select().from(second));
