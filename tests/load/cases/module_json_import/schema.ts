import { pgEnum, pgTable, text } from "drizzle-orm/pg-core";
import countries from "./countries.json";
import settings, { prefix } from "./settings.json";

export const country = pgEnum("country", Object.keys(countries) as [string, ...string[]]);
export const places = pgTable(`${prefix}places`, { country: country("country").default("de"), label: text(settings.columns[1]) });
