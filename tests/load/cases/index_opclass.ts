import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, varchar } from "drizzle-orm/pg-core";

export const a = pgTable("a", { t: text("t"), v: varchar("v", { length: 9 }), j: jsonb("j") }, (t) => [
  index("pattern").on(t.t.op("text_pattern_ops")),
  index("trigram").using("gin", t.t.op("gin_trgm_ops")),
  index("path").using("gin", t.j.op("jsonb_path_ops")),
  index("both").on(t.t.asc().nullsFirst().op("text_pattern_ops"), t.v.op("varchar_ops" as any)),
  index("expression").using("gin", sql`${t.t} gin_trgm_ops`),
  index("mixed").using("gin", sql`lower(${t.t}) gin_trgm_ops`, t.j.op("jsonb_ops")),
]);
