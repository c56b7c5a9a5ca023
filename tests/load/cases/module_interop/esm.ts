import { integer, pgTable } from "drizzle-orm/pg-core";

export default "from_default";
export const named = "from_named";
export const inner = pgTable("inner", { id: integer("id") });
