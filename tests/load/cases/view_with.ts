import { sql } from "drizzle-orm";
import { integer, pgTable, pgView } from "drizzle-orm/pg-core";

export const users = pgTable("users", { id: integer("id").primaryKey() });
export const a = pgView("a").with({ checkOption: "cascaded", securityBarrier: true, securityInvoker: true }).as((qb) => qb.select().from(users));
export const b = pgView("b").with({ checkOption: "local" }).as((qb) => qb.select().from(users));
export const c = pgView("c", { id: integer("id") }).with({ securityInvoker: false }).as(sql`select 1 as id`);
export const d = pgView("d").with({ securityBarrier: false, securityInvoker: true } as any).as((qb) => qb.select().from(users));
export const e = pgView("e", { id: integer("id") }).with({ securityInvoker: true }).existing();
