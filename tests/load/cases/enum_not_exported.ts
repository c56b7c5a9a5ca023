import { pgEnum, pgTable } from "drizzle-orm/pg-core";

const hidden = pgEnum("hidden", ["a", "b"]);

export const people = pgTable("people", { hidden: hidden("hidden").default("a") });
