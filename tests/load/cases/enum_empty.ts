import { integer, pgEnum, pgTable } from "drizzle-orm/pg-core";

export const nothing = pgEnum("nothing", [] as unknown as [string]);
export const things = pgTable("things", { id: integer("id"), nothing: nothing("nothing") });
