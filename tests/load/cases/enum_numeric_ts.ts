import { pgEnum, pgTable, text } from "drizzle-orm/pg-core";

enum Priority { Low, Medium, High }
const names = Object.keys(Priority).filter((key) => Number.isNaN(Number(key))) as [string, ...string[]];

export const priority = pgEnum("priority", names);
export const tasks = pgTable("tasks", { title: text(), priority: priority("priority").default(Priority[Priority.Medium]) });
