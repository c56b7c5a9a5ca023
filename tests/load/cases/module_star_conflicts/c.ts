import { integer, pgTable } from "drizzle-orm/pg-core";
export { onlyB } from "./b";

export const same = pgTable("same_of_c", { id: integer("id") });
