import { integer, pgRole, pgTable } from "drizzle-orm/pg-core";

export const plain = pgRole("plain");
export const admin = pgRole("admin", { createRole: true, createDb: true, inherit: false });
export const partly = pgRole("partly", { createDb: true });
export const keeps = pgRole("keeps", { inherit: true, createRole: false });
export const existing = pgRole("existing").existing();
export const odd = pgRole("Role of \"them\"");
export const t = pgTable("t", { id: integer("id") });
