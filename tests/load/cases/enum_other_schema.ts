import { pgEnum, pgSchema, pgTable } from "drizzle-orm/pg-core";

export const app = pgSchema("app");
export const appMood = app.enum("mood", ["a", "b"]);
export const mood = pgEnum("mood", ["x", "y"]);
enum Level { Low = "low", High = "high" }
export const level = app.enum("level", Level);

export const inPublic = pgTable("in_public", { own: mood("own").default("x"), other: appMood("other").default("a"), level: level("level").default(Level.High) });
export const inApp = app.table("in_app", { own: mood("own"), other: appMood(), levels: level("levels").array() });
