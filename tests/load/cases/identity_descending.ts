import { bigint, integer, pgTable, smallint } from "drizzle-orm/pg-core";

export const a = pgTable("a", { id: integer("id").generatedAlwaysAsIdentity({ increment: -1 }) });
export const b = pgTable("b", { id: smallint("id").generatedAlwaysAsIdentity({ increment: -2 }) });
export const c = pgTable("c", { id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity({ increment: "-1", minValue: "-100" }) });
export const d = pgTable("d", { id: bigint("id", { mode: "bigint" }).generatedByDefaultAsIdentity({ increment: -1, startWith: -5 }) });
