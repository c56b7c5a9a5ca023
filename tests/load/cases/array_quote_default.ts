import { pgTable, text } from "drizzle-orm/pg-core";

export const lists = pgTable("lists", { quotes: text("quotes").array().default(["it's", "''"]).notNull() });
