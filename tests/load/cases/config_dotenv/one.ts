import { integer, pgTable } from "drizzle-orm/pg-core";

export const one = pgTable(`${process.env.TABLE_PREFIX}one`, { someKey: integer() });
