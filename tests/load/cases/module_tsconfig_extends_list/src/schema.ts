import { pgTable } from "drizzle-orm/pg-core";
import { column } from "#/column";

export const t = pgTable("t", { column: column() });
