import { integer, pgTable } from "drizzle-orm/pg-core";

export const zed = pgTable("zed", { id: integer("id") });
