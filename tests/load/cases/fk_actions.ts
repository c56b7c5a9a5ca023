import { integer, pgTable } from "drizzle-orm/pg-core";

export const targets = pgTable("targets", { id: integer("id").primaryKey() });
export const sources = pgTable("sources", {
  plain: integer("plain").references(() => targets.id),
  cascade: integer("cascade").references(() => targets.id, { onDelete: "cascade" }),
  restrict: integer("restrict").references(() => targets.id, { onDelete: "restrict", onUpdate: "restrict" }),
  noAction: integer("no_action").references(() => targets.id, { onDelete: "no action", onUpdate: "no action" }),
  setNull: integer("set_null").references(() => targets.id, { onDelete: "set null", onUpdate: "cascade" }),
  setDefault: integer("set_default").references(() => targets.id, { onDelete: "set default", onUpdate: "set default" }),
  updateOnly: integer("update_only").references(() => targets.id, { onUpdate: "set null" }),
  required: integer("required").notNull().references(() => targets.id),
});
