import { integer, pgTable } from "drizzle-orm/pg-core";
import helpers, { columns } from "./helpers.cjs";
import * as everything from "./helpers.cjs";
import esm, { named } from "./esm";

export const a = pgTable("a", { ...columns, extra: helpers.make("extra") });
export const b = pgTable("b", { c: everything.make("c"), d: integer(esm), e: integer(named) });
export const { inner } = require("./esm");
