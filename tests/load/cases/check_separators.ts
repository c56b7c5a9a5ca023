import { sql } from "drizzle-orm";
import { check, integer, pgTable, text } from "drizzle-orm/pg-core";

export const checks = pgTable("checks", { a: integer("a"), b: text("b") }, (t) => [
  check("semicolon", sql`${t.b} <> 'a;b'`),
  check("comma, in name", sql`${t.a} in (1,2)`),
  check("comment", sql`${t.b} not like '%--%'`),
  check("lines", sql`
    ${t.a} > 0
    and ${t.b} <> ''
  `),
  check("Quoted \"name\"", sql`true`),
  check("ümlaut", sql`${t.b} = 'ß😀'`),
]);
