import { pgEnum, pgTable } from "drizzle-orm/pg-core";

const labels = { draft: "Draft", sent: "Sent", paid: "Paid" } as const;
const enumToPg = <T extends Record<string, string>>(source: T) => Object.values(source).map((value) => `${value}`) as [string, ...string[]];
enum State { Open = "open", Closed = "closed" }
const levels = Array.from({ length: 3 }, (_, i) => `level_${i}`) as [string, ...string[]];

export const keys = pgEnum("keys", Object.keys(labels) as [string, ...string[]]);
export const values = pgEnum("values", Object.values(labels) as unknown as [string, ...string[]]);
export const state = pgEnum("state", enumToPg(State));
export const level = pgEnum("level", levels);
export const sorted = pgEnum("sorted", [...levels].reverse() as [string, ...string[]]);

export const documents = pgTable("documents", { key: keys("key").default("draft"), level: level(), state: state("state").default("open") });
