import { pgEnum, pgTable } from "drizzle-orm/pg-core";

export const odd = pgEnum("odd", ["it's", 'say "hi"', "a,b", "a;b", "a--b", " ", "ÄÖÜ", "日本語", "😀", "2024", "null", "x".repeat(63)]);

export const things = pgTable("things", { odd: odd("odd").default("it's"), other: odd("other").default("日本語") });
