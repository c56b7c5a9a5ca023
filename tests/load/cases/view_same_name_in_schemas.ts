import { sql } from "drizzle-orm";
import { integer, pgMaterializedView, pgSchema, pgView } from "drizzle-orm/pg-core";

export const app = pgSchema("app");
export const a = pgView("v", { id: integer("id") }).as(sql`select 1 as id`);
export const b = app.view("v", { id: integer("id") }).as(sql`select 2 as id`);
export const c = pgMaterializedView("m", { id: integer("id") }).as(sql`select 3 as id`);
export const d = app.materializedView("m", { id: integer("id") }).as(sql`select 4 as id`);
