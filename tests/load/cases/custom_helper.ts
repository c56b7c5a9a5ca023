import { sql, type SQL } from "drizzle-orm";
import { customType, index, integer, pgTable, text } from "drizzle-orm/pg-core";

const tsvector = customType<{ data: string; config: { sources: string[] } }>({
  dataType: (config) =>
    config ? `tsvector generated always as (${config.sources.map((source) => `coalesce("${source}", '')`).join(" || ")}) stored` : "tsvector",
});

export const pages = pgTable("pages", {
  id: integer().primaryKey(),
  title: text().notNull(),
  body: text(),
  search: tsvector("search", { sources: ["title", "body"] }),
  weighted: tsvector("weighted").generatedAlwaysAs((): SQL => sql`setweight(to_tsvector('english', ${pages.title}), 'A')`),
}, (t) => [index("pages_search").using("gin", t.search), index("pages_weighted").using("gin", t.weighted)]);
