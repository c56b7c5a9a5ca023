import { integer, pgTable } from "drizzle-orm/pg-core";
import { users } from ".";
export * from "./extra";

export const posts = pgTable("posts", { id: integer("id").primaryKey(), author: integer("author").references(() => users.id) });
