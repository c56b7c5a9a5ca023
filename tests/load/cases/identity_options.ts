import { bigint, integer, pgTable, smallint } from "drizzle-orm/pg-core";

export const a = pgTable("a", {
  id: integer("id").generatedAlwaysAsIdentity({ name: "a_numbers", increment: 2, startWith: 10, minValue: 10, maxValue: 1000, cache: 20, cycle: true }),
});
export const b = pgTable("b", { id: integer("id").generatedByDefaultAsIdentity({ startWith: 1000 }) });
export const c = pgTable("c", { id: bigint("id", { mode: "bigint" }).generatedAlwaysAsIdentity({ minValue: -5, cycle: false }) });
export const d = pgTable("d", { id: smallint("id").generatedByDefaultAsIdentity({ name: "Wild Name", cache: 5 }) });
export const e = pgTable("e", { id: integer("id").generatedAlwaysAsIdentity({ increment: "3", startWith: "7" }) });
export const f = pgTable("f", { id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity({ maxValue: "9223372036854775806", startWith: "9007199254740993" }) });
