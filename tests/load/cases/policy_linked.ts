import { sql } from "drizzle-orm";
import { integer, pgPolicy, pgRole, pgSchema, pgTable } from "drizzle-orm/pg-core";

export const admin = pgRole("admin", { createDb: true });
export const app = pgSchema("app");
const outside = pgTable("outside", { id: integer("id") });
const outsideApp = pgSchema("auth").table("users", { id: integer("id") });
export const users = pgTable("users", { id: integer("id") }, () => [pgPolicy("inline")]);
export const appUsers = app.table("users", { id: integer("id") });
export const linked = pgPolicy("linked", { for: "select", to: admin, using: sql`true` }).link(users);
export const linkedToo = pgPolicy("linked_too", { as: "restrictive", to: ["b", "a"] }).link(users);
export const inApp = pgPolicy("linked", { withCheck: sql`${appUsers.id} > 0` }).link(appUsers);
export const alone = pgPolicy("alone", { using: sql`${outside.id} = 1` }).link(outside);
export const aloneInAuth = pgPolicy("alone in auth", { for: "delete", using: sql`false` }).link(outsideApp);
