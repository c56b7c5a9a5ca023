import { sql } from "drizzle-orm";
import { integer, pgPolicy, pgRole, pgTable, text } from "drizzle-orm/pg-core";

export const admin = pgRole("admin");
export const reader = pgRole("reader").existing();
export const notes = pgTable("notes", { id: integer("id"), owner: text("owner") }, (t) => [
  pgPolicy("nothing"),
  pgPolicy("empty", {}),
  pgPolicy("all", { for: "all", as: "permissive", to: "public", using: sql`true`, withCheck: sql`true` }),
  pgPolicy("select", { for: "select", to: admin, using: sql`${t.owner} = current_user` }),
  pgPolicy("insert", { for: "insert", to: "current_user", withCheck: sql`${t.id} > 0` }),
  pgPolicy("update", { for: "update", to: ["session_user", admin], using: sql`owner = 'x'`, withCheck: sql`${t.owner} = ${"it's"}` }),
  pgPolicy("delete", { for: "delete", as: "restrictive", to: [reader, "current_role", admin, "bob"], using: sql.raw("false") }),
  pgPolicy("empty roles", { to: [] }),
  pgPolicy("; , -- \"quoted\" ümlaut", { using: sql`owner <> 'a;b,c--d'` }),
]);
