import { integer, pgTable } from "drizzle-orm/pg-core";

export const notMatched = pgTable("not_matched", { id: integer("id") });
