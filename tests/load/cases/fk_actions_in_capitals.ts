import { integer, pgTable } from "drizzle-orm/pg-core";

export const targets = pgTable("targets", { id: integer("id").primaryKey() });
export const sources = pgTable("sources", {
  a: integer("a").references(() => targets.id, { onDelete: "CASCADE" as any, onUpdate: "SET NULL" as any }),
  b: integer("b").references(() => targets.id, { onDelete: "No Action" as any }),
});
