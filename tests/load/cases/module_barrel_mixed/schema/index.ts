import { integer, pgTable } from "drizzle-orm/pg-core";

export const middle = pgTable("middle", { id: integer("id") });
export * from "./z";
export { apple as zebra, cherry } from "./a";
export const after = pgTable("after", { id: integer("id") });
export { default as defaulted } from "./d";
export * as space from "./n";
