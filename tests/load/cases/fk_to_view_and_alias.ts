import { alias, foreignKey, integer, pgTable } from "drizzle-orm/pg-core";

export const users = pgTable("users", { id: integer("id").primaryKey() });
const friends = alias(users, "friends");
export const links = pgTable("links", { friend: integer("friend").references(() => friends.id), other: integer("other") }, (t) => [foreignKey({ columns: [t.other], foreignColumns: [friends.id] })]);
