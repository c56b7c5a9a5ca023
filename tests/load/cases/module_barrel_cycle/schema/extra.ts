import { integer, pgTable } from "drizzle-orm/pg-core";
export * from "./posts";

export const extra = pgTable("extra", { id: integer("id") });
