import { boolean, pgTable } from "drizzle-orm/pg-core";

export const flags = pgTable("flags", {
  plain: boolean(),
  on: boolean("on").default(true),
  off: boolean("off").default(false).notNull(),
  key: boolean("key").primaryKey(),
});
