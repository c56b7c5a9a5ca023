import { integer } from "drizzle-orm/pg-core";
import { app, users } from "./a";
export * from "./a";

export const inApp = app.table("in_app", { user: integer("user").references(() => users.id) });
export { users as people };
