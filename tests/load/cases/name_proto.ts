import { integer, pgEnum, pgSchema, pgTable } from "drizzle-orm/pg-core";

export const t = pgTable("__proto__", { a: integer("a"), hasOwnProperty: integer("hasOwnProperty") });
export const e = pgEnum("__proto__", ["__proto__", "constructor"]);
export const app = pgSchema("__proto__x");
