import { col, core, orm, table } from "./drizzle";

export const users = table("users", { id: col.integer("id").primaryKey(), name: core.text("name").default(orm.sql`'x'`) });
