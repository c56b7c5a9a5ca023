import { relations } from "drizzle-orm";
import { integer, pgTable, type AnyPgColumn } from "drizzle-orm/pg-core";
import { users } from "./users";

export const groups = pgTable("groups", { id: integer("id").primaryKey(), owner: integer("owner").references((): AnyPgColumn => users.id) });
export const groupsRelations = relations(groups, ({ many, one }) => ({ members: many(users), owner: one(users, { fields: [groups.owner], references: [users.id] }) }));
