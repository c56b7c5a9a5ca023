import { integer, pgTable, type AnyPgColumn } from "drizzle-orm/pg-core";
import { posts } from "./index";

export const users = pgTable("users", { id: integer("id").primaryKey(), pinned: integer("pinned").references((): AnyPgColumn => posts.id) });
