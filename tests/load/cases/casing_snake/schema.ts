import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgEnum, pgTable, primaryKey, text, timestamp, unique, uniqueIndex } from "drizzle-orm/pg-core";

export const userKind = pgEnum("userKind", ["firstKind", "secondKind"]);
export const users = pgTable("users", {
  userId: integer().primaryKey(),
  firstName: text().notNull(),
  lastName: text("LastName"),
  emailAddress: text().unique(),
  loginName: text().unique("loginOnce"),
  userKind: userKind().default("firstKind"),
  createdAt: timestamp({ withTimezone: true }).defaultNow(),
  identityNumber: integer().generatedByDefaultAsIdentity(),
  fullName: text().generatedAlwaysAs(sql`first_name || 'x'`),
}, (t) => [
  index().on(t.firstName, t.lastName),
  uniqueIndex("byName").on(t.lastName.desc(), t.firstName),
  index("byExpression").on(sql`lower(${t.firstName})`).where(sql`${t.emailAddress} is not null`),
  unique().on(t.firstName, t.emailAddress),
  unique("namedUnique").on(t.lastName, t.firstName),
  check("longEnough", sql`length(${t.firstName}) > 2`),
]);
export const userPosts = pgTable("userPosts", {
  postId: integer(),
  authorId: integer().references(() => users.userId),
  editorId: integer("editorId").references(() => users.userId),
  authorName: text(),
}, (t) => [
  primaryKey({ columns: [t.postId, t.authorId] }),
  foreignKey({ columns: [t.authorName], foreignColumns: [users.loginName] }),
  foreignKey({ name: "explicitName", columns: [t.authorName], foreignColumns: [users.emailAddress] }),
]);
