import { integer, pgTable } from "drizzle-orm/pg-core";
import { z } from "./a.mjs";

export const b = pgTable("js_b", { id: integer("id").references(() => z.id) });
