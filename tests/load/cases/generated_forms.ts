import { sql, type SQL } from "drizzle-orm";
import { integer, pgTable, text } from "drizzle-orm/pg-core";

export const people = pgTable("people", {
  first: text("first").notNull(),
  last: text("last").notNull(),
  fromSql: text("from_sql").generatedAlwaysAs(sql`first || ' ' || last`),
  fromFunction: text("from_function").generatedAlwaysAs((): SQL => sql`${people.first} || ' ' || ${people.last}`),
  fromString: text("from_string").generatedAlwaysAs("upper(first)" as any),
  length: integer("length").notNull().generatedAlwaysAs((): SQL => sql`length(${people.first})`),
  raw: integer("raw").generatedAlwaysAs(sql.raw("char_length(last) * 2")),
  literal: text("literal").generatedAlwaysAs((): SQL => sql`'it''s; -- ' || ${people.first}`),
});
