import { pgTable } from "drizzle-orm/pg-core";
import { id } from "./helpers/columns.js";

export const users = pgTable("users", { id: id() });
