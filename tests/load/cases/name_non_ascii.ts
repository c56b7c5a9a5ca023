import { index, integer, pgEnum, pgRole, pgSchema, pgSequence, pgTable, text } from "drizzle-orm/pg-core";

export const größe = pgEnum("größe", ["klein", "groß"]);
export const 世界 = pgSchema("世界");
export const folge = pgSequence("zähler");
export const rolle = pgRole("prüfer");
export const straßen = pgTable("straßen", { id: integer("schlüssel").primaryKey(), größe: größe("größe").default("groß"), "😀": text("😀") }, (t) => [index("größe_idx").on(t.größe)]);
export const 表 = 世界.table("表", { 列: text().unique(), straße: integer("straße").references(() => straßen.id) });
export const combining = pgTable("e\u0301tat", { a: text("é"), b: text("e\u0301") });
