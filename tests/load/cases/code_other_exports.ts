import { getTableColumns, sql } from "drizzle-orm";
import { index, integer, pgTable, QueryBuilder, text } from "drizzle-orm/pg-core";

export const users = pgTable("users", { id: integer("id"), name: text("name") });
export const columns = getTableColumns(users);
export const column = users.id;
export const builder = integer("left");
export const expression = sql`1`;
export const query = new QueryBuilder().select().from(users);
export const sub = new QueryBuilder().select().from(users).as("sub");
export const indexBuilder = index("never");
export const list = [pgTable("in_list", { id: integer("id") })];
export const nested = { table: pgTable("in_object", { id: integer("id") }) };
export const nothing = null;
export const missing = undefined;
export const number = 5, big = 10n, flag = true, word = "text", symbol = Symbol("s"), when = new Date(0), pattern = /x/;
export function helper() {}
export class Thing {}
export const frozen = Object.freeze({});
export const promise = Promise.resolve(users);
export type User = typeof users.$inferSelect;
