import { int, mysqlTable } from "drizzle-orm/mysql-core";
import { integer, pgTable } from "drizzle-orm/pg-core";
import { integer as sqliteInteger, sqliteTable } from "drizzle-orm/sqlite-core";

export const mysqlUsers = mysqlTable("mysql_users", { id: int("id") });
export const sqliteUsers = sqliteTable("sqlite_users", { id: sqliteInteger("id") });
export const pgUsers = pgTable("pg_users", { id: integer("id") });
