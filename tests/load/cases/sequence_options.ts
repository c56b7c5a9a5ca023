import { integer, pgSequence, pgTable } from "drizzle-orm/pg-core";

export const plain = pgSequence("plain");
export const empty = pgSequence("empty", {});
export const all = pgSequence("all_options", { startWith: 100, maxValue: 10000, minValue: 100, cycle: true, cache: 10, increment: 2 });
export const down = pgSequence("down", { increment: -1 });
export const downText = pgSequence("down_text", { increment: "-5", startWith: "-1" });
export const big = pgSequence("big", { startWith: "9007199254740993", maxValue: "9223372036854775806" });
export const noCycle = pgSequence("no_cycle", { cycle: false });
export const odd = pgSequence("Odd name; with, all--");
export const zero = pgSequence("zero", { minValue: 0, startWith: 0 });
export const t = pgTable("t", { id: integer("id") });
