import { sql } from "drizzle-orm";
import { pgTable, uuid } from "drizzle-orm/pg-core";

export const ids = pgTable("ids", {
  id: uuid("id").primaryKey().defaultRandom(),
  other: uuid().notNull().default("00000000-0000-0000-0000-000000000000"),
  made: uuid("made").default(sql`uuid_generate_v4()`),
  plain: uuid("plain"),
});
