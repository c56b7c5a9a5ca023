import { integer, pgTable } from "drizzle-orm/pg-core";
import { users } from "../users.sql";

export const invoices = pgTable("invoices", { user: integer("user").references(() => users.id) });
