import { sql } from "drizzle-orm";
import { check, index, integer, pgSchema, pgTable, pgView, text } from "drizzle-orm/pg-core";

export const app = pgSchema("app");
export const users = app.table("users", { id: integer("id"), name: text("name") });
export const sub = pgView("sub").as((qb) => qb.select({ id: users.id }).from(users));
const conditions = [sql`a > 1`, sql`b < 2`];

export const all = pgTable("all_chunks", { a: integer("a"), b: integer("b"), c: text("c") }, (t) => [
  check("table", sql`exists (select 1 from ${users})`),
  check("schema", sql`${app}.f(${t.a})`),
  check("view", sql`${t.a} in (select id from ${sub})`),
  check("joined", sql.join(conditions, sql` or `)),
  check("list", sql`${t.a} in ${[1, 2, 3]}`),
  check("nested_list", sql`(${t.a}, ${t.b}) in (${[sql`(1, 2)`, sql`(3, 4)`]})`),
  check("undefined_chunk", sql`true ${undefined}`),
  check("null_chunk", sql`${t.a} is ${null}`),
  check("boolean", sql`${true}`),
  check("date", sql`now() > ${new Date(0)}`),
  check("object", sql`${t.c} = ${{ a: 1 }}`),
  check("empty", sql`${sql.empty()}true`),
  check("identifier", sql`${sql.identifier("we\"ird")} > 0`),
  check("parameter", sql`${sql.param(5)} > ${sql.param("x", t.c)}`),
  check("placeholder", sql`${sql.placeholder("later")} > 0`),
  check("from_list", sql.fromList ? sql.fromList([sql`a`, sql.raw(" > "), sql`0`]) : sql`true`),
  check("appended", sql`a > 0`.append(sql` and b > 0`)),
  check("aliased", sql`${sql`1`.as("one")} = 1`),
  check("braces", sql`c ~ '^[a-z]{2}\d$'`),
  check("backslashes", sql`c ~ E'\\d' and c <> '\n'`),
  check("unicode", sql`c <> '\u00e9\u{1F600}'`),
  check("types", sql<boolean>`true`.mapWith(Boolean)),
  index("expression").on(sql`${t.a} + ${t.b}`, sql`coalesce(${t.c}, ${"x"})`),
]);
