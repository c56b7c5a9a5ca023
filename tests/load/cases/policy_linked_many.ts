import { sql } from "drizzle-orm";
import { integer, pgPolicy, pgTable } from "drizzle-orm/pg-core";

export const zPolicy = pgPolicy("z").link(table());
function table() { return users; }
export var users: any = pgTable("users", { id: integer("id") }, () => [pgPolicy("m")]);
export const aPolicy = pgPolicy("a", { using: sql`true` }).link(users);
export const bPolicy = pgPolicy("10", { for: "insert" }).link(users);
export const cPolicy = pgPolicy("9").link(users);
