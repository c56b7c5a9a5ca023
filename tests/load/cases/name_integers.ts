import { index, integer, pgEnum, pgRole, pgSchema, pgSequence, pgTable, text, unique } from "drizzle-orm/pg-core";

export const z = pgTable("zebra", { b: text("b"), 7: integer("7"), a: text("a"), x10: text("10"), "2": integer("2"), neg: integer("-1"), lead: integer("01"), big: integer("4294967295"), largest: integer("4294967294") });
export const n = pgTable("2024", { id: integer("id") }, (t) => [index("9").on(t.id), index("10").on(t.id), index("a").on(t.id), unique("3").on(t.id), unique("1").on(t.id)]);
export const y = pgTable("10", { id: integer("id") });
export const e2 = pgEnum("5", ["3", "1"]);
export const e1 = pgEnum("1", ["9"]);
export const r2 = pgRole("33");
export const r1 = pgRole("4");
export const s2 = pgSequence("8");
export const sc2 = pgSchema("99");
export const sc1 = pgSchema("11");
