import { integer, pgPolicy, pgTable } from "drizzle-orm/pg-core";

export const lost = pgPolicy("lost", { for: "select" });
export const t = pgTable("t", { id: integer("id") });
