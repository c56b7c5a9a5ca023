import { sql } from "drizzle-orm";
import { integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

const stamps = { createdAt: timestamp("created_at").defaultNow().notNull(), updatedAt: timestamp("updated_at").$onUpdate(() => new Date()) };
const keyed = (prefix: string) => ({ id: uuid("id").primaryKey().default(sql`gen_${sql.raw(prefix)}()`) });
const owned = { ownerId: integer("owner_id").notNull(), ...stamps };

export const a = pgTable("a", { ...keyed("a"), name: text("name"), ...stamps });
export const b = pgTable("b", { ...stamps, ...keyed("b"), ...owned });
export const c = pgTable("c", { ...owned, ownerId: text("overridden") });
