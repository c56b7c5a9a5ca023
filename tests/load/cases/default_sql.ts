import { sql } from "drizzle-orm";
import { boolean, date, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const defaults = pgTable("defaults", {
  now: timestamp("now").default(sql`now()`),
  current: timestamp("current").default(sql`CURRENT_TIMESTAMP`),
  later: timestamp("later", { withTimezone: true }).default(sql`(now() + interval '30 days')`),
  day: date("day").default(sql`CURRENT_DATE`),
  id: uuid("id").default(sql`gen_random_uuid()`),
  cast: jsonb("cast").default(sql`'{"a": 1}'::jsonb`),
  quoted: text("quoted").default(sql`'it''s'`),
  number: integer("number").default(sql`nextval('some_seq'::regclass)`),
  flag: boolean("flag").default(sql`false`),
  raw: text("raw").default(sql.raw("md5(random()::text)")),
  joined: text("joined").default(sql.join([sql`upper(`, sql.raw("'x'"), sql`)`])),
  nested: text("nested").default(sql`lower(${sql`'NESTED'`})`),
  empty: text("empty").default(sql``),
  spaces: text("spaces").default(sql`
    concat(
      'a',
      'b'
    )
  `),
  null: text("null_value").default(sql`null`),
  escaped: text("escaped").default(sql`E'\\n'`),
});
