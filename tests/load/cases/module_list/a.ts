import { integer, pgTable } from "drizzle-orm/pg-core";
export { inZ as again } from "./z";

export const inA = pgTable("in_a", { id: integer("id") });
