import { integer, pgPolicy, pgTable } from "drizzle-orm/pg-core";

export const a = pgTable("a", { x: integer("x") }, () => [pgPolicy("same")]);
export const linked = pgPolicy("same").link(a);
