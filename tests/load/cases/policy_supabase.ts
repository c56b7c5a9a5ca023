import { sql } from "drizzle-orm";
import { authenticatedRole, anonRole, authUid, authUsers, serviceRole } from "drizzle-orm/supabase";
import { pgPolicy, pgTable, text, uuid } from "drizzle-orm/pg-core";

export const profiles = pgTable("profiles", {
  id: uuid("id").primaryKey().references(() => authUsers.id, { onDelete: "cascade" }),
  name: text("name"),
}, (t) => [
  pgPolicy("own", { for: "select", to: authenticatedRole, using: sql`${authUid} = ${t.id}` }),
  pgPolicy("anyone", { for: "select", to: [anonRole, serviceRole], using: sql`true` }),
]);
