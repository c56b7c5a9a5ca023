import { sql } from "drizzle-orm";
import { integer, pgPolicy, pgRole, pgSchema, pgTable, text } from "drizzle-orm/pg-core";

export const app = pgSchema("app");
const hidden = pgRole("hidden");
export const tenants = app.table("tenants", { id: integer("id"), owner: text("owner") }, (t) => [
  pgPolicy("sorted", { to: ["zoe", hidden, "adam", "Bob", "1"] }),
  pgPolicy("capitals", { as: "RESTRICTIVE" as any, for: "SELECT" as any }),
  pgPolicy("parameters", { using: sql`${t.owner} = ${"x"} and ${t.id} > ${5}` }),
  pgPolicy("subquery", { using: sql`exists (select 1 from ${tenants} where ${tenants.id} = ${t.id})` }),
  pgPolicy("not_sql", { using: "true" as any, withCheck: undefined }),
  pgPolicy("lines", { using: sql`
    ${t.owner} = current_setting('app.user')
  ` }),
]).enableRLS();
