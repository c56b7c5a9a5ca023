import { integer, pgTable, text } from "drizzle-orm/pg-core";

export const defaults = pgTable("defaults", {
  undefinedDefault: text("undefined_default").default(undefined as any),
  nullDefault: text("null_default").default(null as any),
  nullNumber: integer("null_number").default(null as any),
});
