import { sql } from "drizzle-orm";
import { check, integer, pgPolicy, pgTable, pgView, text, timestamp } from "drizzle-orm/pg-core";

export const t = pgTable("t", { a: integer("a"), b: text("b"), at: timestamp("at") }, (t) => [
  check("number", sql`${t.a} = ${5}`.inlineParams()),
  check("negative", sql`${t.a} = ${-5.5}`.inlineParams()),
  check("text", sql`${t.b} = ${"it's \"x\" \\ $1"}`.inlineParams()),
  check("boolean", sql`${true}`.inlineParams()),
  check("null", sql`${t.b} is ${null}`.inlineParams()),
  check("list", sql`${t.a} in ${[1, "two", false]}`.inlineParams()),
  check("object", sql`${{ a: "it's" }}`.inlineParams()),
  check("date", sql`${t.at} > ${new Date(0)}`.inlineParams()),
  pgPolicy("p", { using: sql`${t.b} = ${"x"}`.inlineParams() }),
]);
export const v = pgView("v", { a: integer("a") }).as(sql`select a from ${t} where ${t.b} = ${"it's"} and ${t.a} in ${[1, 2]} and ${t.at} > ${sql.param(new Date(0), t.at)}`);
