import { pgEnum, pgSchema, pgTable } from "drizzle-orm/pg-core";

export const mood = pgEnum("mood", ["ok", "sad"]);
export const app = pgSchema("app");
export const level = app.enum("level", ["low", "high"]);

export const people = pgTable("people", {
  moods: mood("moods").array().default(["ok"]),
  moodTable: mood("mood_table").array().array().notNull(),
  levels: level("levels").array(),
  sizedLevels: level("sized_levels").array(2).default(["low", "high"]),
  unnamed: mood().array(),
});
