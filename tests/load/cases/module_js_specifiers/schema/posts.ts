import { integer, pgTable } from "drizzle-orm/pg-core";
import { users } from "./users.js";
import { kinds } from "./kinds.mjs";

export const posts = pgTable("posts", { author: integer("author").references(() => users.id), kind: integer(kinds[0]) });
