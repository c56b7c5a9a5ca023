import { relations } from "drizzle-orm";
import { integer, pgTable } from "drizzle-orm/pg-core";
import { groups } from "./groups";

export const users = pgTable("users", { id: integer("id").primaryKey(), group: integer("group").references(() => groups.id) });
export const usersRelations = relations(users, ({ one }) => ({ group: one(groups, { fields: [users.group], references: [groups.id] }) }));
