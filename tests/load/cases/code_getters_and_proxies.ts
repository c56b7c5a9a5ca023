import { integer, pgTable, text } from "drizzle-orm/pg-core";

const columns = { get id() { return integer("id").primaryKey(); }, get label() { return text("label"); } };
const lazy = new Proxy({} as Record<string, any>, { get: (_, name) => text(String(name)) });

export const getters = pgTable("getters", columns);
export const proxied = pgTable("proxied", { a: lazy.first, b: lazy.second });
