import { integer, pgSchema } from "drizzle-orm/pg-core";

const hidden = pgSchema("hidden");
export const users = hidden.table("users", { id: integer("id").primaryKey() });
