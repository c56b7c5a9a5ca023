import { integer, pgTable } from "drizzle-orm/pg-core";

export const animals = pgTable("animals", { animalId: integer() });
