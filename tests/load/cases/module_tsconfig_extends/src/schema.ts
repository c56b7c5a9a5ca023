import { pgTable, text } from "drizzle-orm/pg-core";
import { stamps } from "@shared/stamps";

export const users = pgTable("users", { name: text("name"), ...stamps });
