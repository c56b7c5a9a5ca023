import { integer, pgTable } from "drizzle-orm/pg-core";

const a = pgTable("a", { id: integer("id").primaryKey() });
export default a;
export const zAfter = pgTable("z_after", { id: integer("id") });
export const before = pgTable("before", { id: integer("id") });
