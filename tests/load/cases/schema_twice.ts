import { integer, pgSchema } from "drizzle-orm/pg-core";

export const one = pgSchema("app");
export const two = pgSchema("app");
export const z = pgSchema("zoo");
export const b = pgSchema("2024");
export const a = pgSchema("10");
export const t1 = one.table("t1", { id: integer("id") });
export const t2 = two.table("t2", { id: integer("id") });
