import { integer, pgTable } from "drizzle-orm/pg-core";

export default pgTable("defaulted", { id: integer("id") });
export const beside = pgTable("beside", { id: integer("id") });
