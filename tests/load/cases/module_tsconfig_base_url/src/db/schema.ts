import { pgTable } from "drizzle-orm/pg-core";
import { id } from "db/columns";
import { prefix } from "shared";

export const t = pgTable(`${prefix}t`, { id: id() });
