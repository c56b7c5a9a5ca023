import { integer, pgPolicy, pgSchema, pgTable } from "drizzle-orm/pg-core";

export const app = pgSchema("app");
export const on = pgTable("on", { id: integer("id") }).enableRLS();
export const off = pgTable("off", { id: integer("id") });
export const withPolicy = pgTable("with_policy", { id: integer("id") }, () => [pgPolicy("p")]).enableRLS();
export const inApp = app.table("in_app", { id: integer("id") }).enableRLS();
