import { integer, pgSchema, pgSequence, pgTable } from "drizzle-orm/pg-core";

export const app = pgSchema("app");
export const first = pgSequence("numbers", { startWith: 1 });
export const second = pgSequence("numbers", { startWith: 2 });
export const third = app.sequence("numbers", { startWith: 3 });
export const t = pgTable("t", { id: integer("id") });
