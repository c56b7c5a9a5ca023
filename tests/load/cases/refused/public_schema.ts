import { integer, pgSchema } from "drizzle-orm/pg-core";

export const app = pgSchema("public");
export const a = app.table("a", { x: integer("x") });
