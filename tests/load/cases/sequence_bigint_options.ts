import { pgSequence } from "drizzle-orm/pg-core";

export const big = pgSequence("big", { startWith: 5n as any, maxValue: 9223372036854775806n as any, increment: -3n as any });
