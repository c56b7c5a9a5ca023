import { index, integer, pgTable, text } from "drizzle-orm/pg-core";

export const late = pgTable("late", { id: integer("id").references(() => early.id) }, (t) => [index(suffix("late")).on(t.id)]);
export const early = pgTable("early", { id: integer("id").primaryKey(), name: text(suffix("name")) });
function suffix(name: string) { return `${name}_${kind}`; }
var kind = "set";
