import { and, between, eq, gt, inArray, isNotNull, or, sql } from "drizzle-orm";
import { check, integer, pgTable, text } from "drizzle-orm/pg-core";

const limit = 10;
export const checks = pgTable("checks", {
  age: integer("age"),
  name: text("name"),
}, (t) => [
  check("plain", sql`${t.age} > 0`),
  check("unqualified", sql`age < 200`),
  check("parameter", sql`${t.age} > ${limit}`),
  check("text_parameter", sql`${t.name} <> ${"it's"}`),
  check("raw", sql`${t.age} < ${sql.raw(String(limit))}`),
  check("literal", sql`${t.name} <> 'it''s'`),
  check("inline", sql`${t.age} = ${limit}`.inlineParams()),
  check("operators", gt(t.age, 5)),
  check("operators_joined", and(gt(t.age, 5), or(eq(t.name, "x"), isNotNull(t.name)))!),
  check("in_array", inArray(t.age, [1, 2, 3])),
  check("between", between(t.age, 1, 9)),
  check("identifier", sql`${sql.identifier("age")} is not null`),
]);
