import { and, eq, gt, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";

export const a = pgTable("a", { x: integer("x"), t: text("t"), gone: boolean("gone") }, (t) => [
  uniqueIndex("sql").on(t.x).where(sql`${t.gone} is false`),
  index("raw").on(t.x).where(sql.raw("x > 3")),
  index("is_null").on(t.x).where(isNull(t.t)),
  index("not_null").on(t.x).where(isNotNull(t.t)),
  index("eq").on(t.x).where(eq(t.t, "it's")),
  index("joined").on(t.x).where(and(gt(t.x, 5), ne(t.t, "y"))!),
  index("unqualified").on(t.x).where(sql`gone and t <> 'a,b'`),
  index("lines").on(t.x).where(sql`
      ${t.x} > 0
      or ${t.t} = 'x'`),
]);
