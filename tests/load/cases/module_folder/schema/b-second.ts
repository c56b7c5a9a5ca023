import { integer, pgTable } from "drizzle-orm/pg-core";
import { first } from "./a-first";

export const second = pgTable("second", { id: integer("id").references(() => first.id) });
