import { timestamp } from "drizzle-orm/pg-core";

export const stamps = { createdAt: timestamp("created_at").defaultNow().notNull(), updatedAt: timestamp("updated_at").$onUpdate(() => new Date()) };
