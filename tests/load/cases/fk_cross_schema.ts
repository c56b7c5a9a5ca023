import { foreignKey, integer, pgSchema, pgTable } from "drizzle-orm/pg-core";

export const auth = pgSchema("auth");
export const users = auth.table("users", { id: integer("id").primaryKey(), boss: integer("boss") }, (t) => [foreignKey({ columns: [t.boss], foreignColumns: [t.id] })]);
export const sessions = auth.table("sessions", { user: integer("user").references(() => users.id) });
export const profiles = pgTable("profiles", { id: integer("id").primaryKey(), user: integer("user").references(() => users.id, { onDelete: "cascade" }) });
export const audits = auth.table("audits", { profile: integer("profile").references(() => profiles.id) });
