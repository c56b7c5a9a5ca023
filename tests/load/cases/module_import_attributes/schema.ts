import { pgTable, text } from "drizzle-orm/pg-core";
import names from "./names.json" with { type: "json" };
const again = require("./names.json") as typeof names;

export const t = pgTable(names.table, { a: text(again.columns[0]), b: text(names.columns[1]) });
