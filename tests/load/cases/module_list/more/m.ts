import { integer, pgEnum, pgTable } from "drizzle-orm/pg-core";
import { inZ } from "../z";

export const kind = pgEnum("kind", ["x"]);
export const inM = pgTable("in_m", { id: integer("id").references(() => inZ.id), kind: kind("kind") });
