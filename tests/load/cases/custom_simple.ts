import { customType, pgTable } from "drizzle-orm/pg-core";

const citext = customType<{ data: string }>({ dataType: () => "citext" });
const tsvector = customType<{ data: string }>({ dataType() { return "tsvector"; } });
const bytea = customType<{ data: Uint8Array; default: false }>({ dataType: () => "bytea", toDriver: (value) => value, fromDriver: (value) => value as Uint8Array });
const collated = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

export const customs = pgTable("customs", {
  email: citext("email").notNull().unique(),
  unnamed: citext(),
  search: tsvector("search"),
  bytes: bytea("bytes"),
  sorted: collated("sorted").default("a'b"),
  list: citext("list").array(),
});
