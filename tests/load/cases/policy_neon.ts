import { sql } from "drizzle-orm";
import { anonymousRole, authenticatedRole, authUid, crudPolicy } from "drizzle-orm/neon";
import { pgTable, text } from "drizzle-orm/pg-core";

export const notes = pgTable("notes", { id: text("id").primaryKey(), owner: text("owner") }, (t) => [
  crudPolicy({ role: authenticatedRole, read: authUid(t.owner), modify: authUid(t.owner) }),
  crudPolicy({ role: anonymousRole, read: true, modify: false }),
  crudPolicy({ role: "admin", read: sql`true`, modify: null }),
] as any);
