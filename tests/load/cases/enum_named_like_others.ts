import { integer, pgEnum, pgSequence, pgTable, text } from "drizzle-orm/pg-core";

export const usersEnum = pgEnum("users", ["a"]);
export const usersSequence = pgSequence("users");
export const users = pgTable("users", { text: pgEnum("text", ["x"])("kind"), users: usersEnum("users"), body: text("body"), id: integer("integer") });
export const integerEnum = pgEnum("integer", ["1", "2"]);
export const t = pgTable("t", { n: integerEnum("n").default("1") });
