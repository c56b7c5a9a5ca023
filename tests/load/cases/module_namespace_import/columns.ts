import * as p from "drizzle-orm/pg-core";

export const id = () => p.integer("id").primaryKey();
export const stamps = { at: p.timestamp("at").defaultNow() };
export const more = p.text("more");
export default { total: 7 };
