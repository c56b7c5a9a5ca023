import "./setup";
import { pgTable, text } from "drizzle-orm/pg-core";
import { registry } from "./registry";
import "./late";

export const users = pgTable("users", { order: text("load_order").default(registry.join(" ")) });
