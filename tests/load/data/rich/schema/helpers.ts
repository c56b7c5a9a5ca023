import { timestamp, uuid, customType } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
export const timestamps = {
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp({ withTimezone: true, precision: 3 }).$onUpdate(() => new Date()),
};
export const id = () => uuid("id").primaryKey().default(sql`gen_random_uuid()`);
export const citext = customType<{ data: string }>({ dataType: () => "citext" });
export const tsv = customType<{ data: string }>({ dataType: () => "tsvector" });
