import { pgTable, text } from "drizzle-orm/pg-core";
import type { Name } from "./types";

export const users = pgTable("users", { name: text("name").$type<Name>() });
