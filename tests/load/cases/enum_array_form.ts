import { pgEnum, pgTable } from "drizzle-orm/pg-core";

export const mood = pgEnum("mood", ["sad", "ok", "happy"]);
export const one = pgEnum("one", ["only"]);
const values = ["x", "y"] as const;
export const computed = pgEnum("computed", values);

export const people = pgTable("people", {
  mood: mood("mood").default("ok").notNull(),
  unnamed: one(),
  computed: computed("computed_name"),
});
