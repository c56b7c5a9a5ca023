import { eq, sql } from "drizzle-orm";
import { integer, pgMaterializedView, pgTable, pgView, text } from "drizzle-orm/pg-core";

export const users = pgTable("users", { userId: integer().primaryKey(), firstName: text(), last: text("lastName") });
export const posts = pgTable("userPosts", { authorId: integer(), postTitle: text() });
export const everything = pgView("everythingView").as((qb) => qb.select().from(users));
export const joined = pgView("joined").as((qb) => qb.select({ firstName: users.firstName, title: posts.postTitle }).from(users).leftJoin(posts, eq(posts.authorId, users.userId)));
export const manual = pgView("manual", { userId: integer(), named: text("NamedColumn") }).as(sql`select ${users.userId} from ${users}`);
export const materialized = pgMaterializedView("materialized").as((qb) => qb.select({ theId: users.userId }).from(users).where(eq(users.firstName, "x")));
