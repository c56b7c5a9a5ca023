import { foreignKey, integer, pgTable, primaryKey } from "drizzle-orm/pg-core";

export const userId = pgTable("userIdTable", { userId: integer().primaryKey(), tableId: integer() });
export const other = pgTable("other_userId", {
  userId: integer().references(() => userId.userId),
  userIdTwo: integer().references(() => userId.tableId),
  plain: integer(),
}, (t) => [
  primaryKey({ columns: [t.userId, t.userIdTwo] }),
  foreignKey({ columns: [t.userIdTwo, t.userId], foreignColumns: [userId.tableId, userId.userId] }),
  foreignKey({ name: "userId_given", columns: [t.plain], foreignColumns: [userId.userId] }),
  primaryKey({ name: "given_userId", columns: [t.plain, t.userId] }),
]);
