import { integer, pgTable } from "drizzle-orm/pg-core";

export const two = pgTable("two", { otherKey: integer() });
