import { bigserial, pgTable, serial, smallserial } from "drizzle-orm/pg-core";

export const a = pgTable("a", { id: serial("id").primaryKey() });
export const b = pgTable("b", { id: smallserial("id").primaryKey() });
export const c = pgTable("c", { id: bigserial("id", { mode: "number" }).primaryKey() });
export const d = pgTable("d", { id: bigserial("id", { mode: "bigint" }).primaryKey() });
export const e = pgTable("e", { one: serial(), two: smallserial(), three: bigserial({ mode: "bigint" }), four: bigserial({ mode: "number" }) });
