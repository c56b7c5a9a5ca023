import { and, count, desc, eq, gt, sql } from "drizzle-orm";
import { integer, pgTable, pgView, text, timestamp } from "drizzle-orm/pg-core";

export const users = pgTable("users", { id: integer("id").primaryKey(), name: text("name").notNull(), at: timestamp("at").defaultNow() });
export const posts = pgTable("posts", { id: integer("id").primaryKey(), author: integer("author").references(() => users.id), title: text("title") });

export const everything = pgView("everything").as((qb) => qb.select().from(users));
export const some = pgView("some").as((qb) => qb.select({ id: users.id, label: users.name }).from(users).where(gt(users.id, 10)));
export const joined = pgView("joined").as((qb) =>
  qb.select({ user: users.name, title: posts.title }).from(users).leftJoin(posts, eq(posts.author, users.id)).orderBy(desc(users.name)).limit(5).offset(2));
export const counted = pgView("counted").as((qb) =>
  qb.select({ name: users.name, posts: count(posts.id).as("posts"), shout: sql<string>`upper(${users.name})`.as("shout") })
    .from(users).innerJoin(posts, and(eq(posts.author, users.id), eq(posts.title, "it's"))).groupBy(users.name).having(gt(count(posts.id), 1)));
export const distinct = pgView("distinct").as((qb) => qb.selectDistinct({ name: users.name }).from(users));
export const both = pgView("both").as((qb) => qb.select().from(users).fullJoin(posts, eq(posts.author, users.id)));
