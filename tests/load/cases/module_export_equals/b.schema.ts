import type { PgTable } from "drizzle-orm/pg-core";
const { pgTable, integer } = require("drizzle-orm/pg-core") as typeof import("drizzle-orm/pg-core");

export const required: PgTable = pgTable("required", { id: integer("id") });
