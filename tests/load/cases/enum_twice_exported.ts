import { pgEnum, pgTable } from "drizzle-orm/pg-core";

export const mood = pgEnum("mood", ["a"]);
export const alias = mood;
export { mood as third };
export const otherMood = pgEnum("mood", ["b", "c"]);

export const people = pgTable("people", { mood: mood("mood") });
