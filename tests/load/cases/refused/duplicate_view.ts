import { sql } from "drizzle-orm";
import { integer, pgMaterializedView, pgView } from "drizzle-orm/pg-core";

export const a = pgView("same", { x: integer("x") }).as(sql`select 1 as x`);
export const b = pgMaterializedView("same", { x: integer("x") }).as(sql`select 1 as x`);
