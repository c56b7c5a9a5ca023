import * as orm from "drizzle-orm";
import * as p from "drizzle-orm/pg-core";
import * as columns from "./columns";
import defaults, * as rest from "./columns";

export const users = p.pgTable("users", { ...columns.stamps, id: columns.id(), total: p.integer("total").default(defaults.total), more: rest.more }, (t) => [p.index("i").on(orm.sql`${t.id} + 1`)]);
export const { a, b: renamed } = Object.fromEntries(["a", "b"].map((name) => [name, p.pgTable(name, { id: p.integer("id") })]));
