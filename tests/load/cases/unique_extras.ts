import { integer, pgTable, text, unique } from "drizzle-orm/pg-core";

export const accounts = pgTable("accounts", {
  id: integer("id"),
  tenant: integer("tenant"),
  email: text("email"),
}, (t) => [
  unique().on(t.tenant, t.email),
  unique("reversed").on(t.email, t.tenant),
  unique().on(t.id),
  unique("nulls").on(t.tenant, t.id).nullsNotDistinct(),
  unique().on(t.email, t.id).nullsNotDistinct(),
]);
