import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

export const users = pgTable("users", { userId: integer(), id: integer("other_id"), user_id: text().notNull(), UserID: integer().unique(), otherId: text() }, (t) => [
  index().on(t.userId, t.user_id),
  primaryKey({ columns: [t.id, t.userId] }),
]);
