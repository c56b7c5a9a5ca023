import { relations } from "drizzle-orm";
import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

export const users = pgTable("users", { id: integer("id").primaryKey(), name: text("name"), invitedBy: integer("invited_by") });
export const groups = pgTable("groups", { id: integer("id").primaryKey() });
export const members = pgTable("members", {
  user: integer("user").references(() => users.id),
  group: integer("group").references(() => groups.id),
}, (t) => [primaryKey({ columns: [t.user, t.group] })]);
export const posts = pgTable("posts", { id: integer("id").primaryKey(), author: integer("author"), reviewer: integer("reviewer") });

export const usersRelations = relations(users, ({ one, many }) => ({
  inviter: one(users, { fields: [users.invitedBy], references: [users.id], relationName: "invitation" }),
  invited: many(users, { relationName: "invitation" }),
  members: many(members),
  written: many(posts, { relationName: "author" }),
  reviewed: many(posts, { relationName: "reviewer" }),
}));
export const groupsRelations = relations(groups, ({ many }) => ({ members: many(members) }));
export const membersRelations = relations(members, ({ one }) => ({
  user: one(users, { fields: [members.user], references: [users.id] }),
  group: one(groups, { fields: [members.group], references: [groups.id] }),
}));
export const postsRelations = relations(posts, ({ one }) => ({
  author: one(users, { fields: [posts.author], references: [users.id], relationName: "author" }),
  reviewer: one(users, { fields: [posts.reviewer], references: [users.id], relationName: "reviewer" }),
}));
