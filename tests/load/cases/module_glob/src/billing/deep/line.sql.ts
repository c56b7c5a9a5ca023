import { integer, pgTable } from "drizzle-orm/pg-core";
import { invoices } from "../invoice.sql";

export const lines = pgTable("lines", { invoice: integer("invoice").references(() => invoices.user) });
