import { index, integer, pgTableCreator, text, unique } from "drizzle-orm/pg-core";

export const createTable = pgTableCreator((name) => `shop_${name}`);
const upper = pgTableCreator((name) => name.toUpperCase());

export const users = createTable("users", { id: integer("id").primaryKey(), email: text("email").unique() });
export const orders = createTable("orders", (t) => ({ id: t.integer().primaryKey(), user: t.integer().references(() => users.id) }), (t) => [index().on(t.user), unique().on(t.id, t.user)]);
export const loud = upper("loud", { id: integer("id").generatedAlwaysAsIdentity() });
