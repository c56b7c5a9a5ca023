import { integer, pgSchema, pgTable } from "drizzle-orm/pg-core";

const hidden = pgTable("hidden", { id: integer("id").primaryKey() });
const elsewhere = pgSchema("elsewhere").table("users", { id: integer("id").primaryKey() });
export const visible = pgTable("visible", {
  hidden: integer("hidden").references(() => hidden.id),
  user: integer("user").references(() => elsewhere.id),
});
