import { integer, pgTable, text } from "drizzle-orm/pg-core";

export const accounts = pgTable("accounts", {
  email: text("email").unique(),
  login: text("login").notNull().unique("login_once"),
  phone: text("phone").unique("phone_once", { nulls: "not distinct" }),
  fax: text("fax").unique("fax_once", { nulls: "distinct" }),
  unnamedNulls: integer("unnamed_nulls").unique(undefined, { nulls: "not distinct" }),
  keyOnly: text().unique(),
});
