import { pgTable } from "drizzle-orm/pg-core";
import { one } from "@/one";
import { two } from "@/db/two";
import { exact } from "@/db/exact";
import { relative } from "./relative";

export const t = pgTable("t", { one: one(), two: two(), exact: exact(), relative: relative() });
