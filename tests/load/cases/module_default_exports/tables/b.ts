import { integer, pgTable } from "drizzle-orm/pg-core";
import a from "./a";

export default pgTable("b", { a: integer("a").references(() => a.id) });
