import { integer, pgEnum, pgTable } from "drizzle-orm/pg-core";

const mood = pgEnum("mood", ["x"]);
const c = pgTable("c", { id: integer("id"), mood: mood("mood") });
export { c as default, mood };
