import { bigint, integer, pgTable, smallint } from "drizzle-orm/pg-core";

export const a = pgTable("a", { id: integer("id").primaryKey().generatedAlwaysAsIdentity() });
export const b = pgTable("b", { id: integer("id").primaryKey().generatedByDefaultAsIdentity() });
export const c = pgTable("c", { id: smallint("id").generatedAlwaysAsIdentity() });
export const d = pgTable("d", { id: smallint("id").generatedByDefaultAsIdentity() });
export const e = pgTable("e", { id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity() });
export const f = pgTable("f", { id: bigint("id", { mode: "bigint" }).generatedByDefaultAsIdentity() });
export const g = pgTable("g", { id: integer().generatedAlwaysAsIdentity() });
