import { integer, pgTable } from "drizzle-orm/pg-core";
import { yak } from "./a";

export const year = pgTable("2024", { id: integer("id") });
export const omega = pgTable("omega", { id: integer("id").references(() => yak.id) });
export const beta = pgTable("beta", { id: integer("id") });
