import { integer, pgTable } from "drizzle-orm/pg-core";

const hidden = pgTable("hidden_in_default", { id: integer("id") });
export const shown = pgTable("shown", { id: integer("id") });
export default { hidden, shown };
