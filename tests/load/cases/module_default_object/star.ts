import { integer, pgTable } from "drizzle-orm/pg-core";
export * from "./schema";
import schema from "./schema";

export const { hidden: unhidden } = schema;
export const more = pgTable("more", { id: integer("id") });
