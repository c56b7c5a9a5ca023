import { and, arrayContained, arrayContains, arrayOverlaps, asc, avg, between, desc, eq, exists, gt, gte, ilike, inArray, isNotNull, isNull, like, lt, lte, max, ne, not, notBetween, notIlike, notInArray, notLike, or, sql } from "drizzle-orm";
import { check, integer, pgTable, pgView, text } from "drizzle-orm/pg-core";

export const t = pgTable("t", { a: integer("a"), b: text("b"), c: text("c").array() }, (t) => [
  check("comparisons", or(eq(t.a, 1), ne(t.a, 2), gt(t.a, 3), gte(t.a, 4), lt(t.a, 5), lte(t.a, 6))!),
  check("nulls", and(isNull(t.a), isNotNull(t.b))!),
  check("likes", or(like(t.b, "a%"), notLike(t.b, "b_"), ilike(t.b, "C%"), notIlike(t.b, "d"))!),
  check("ranges", and(between(t.a, 1, 2), notBetween(t.a, 3, 4), inArray(t.b, ["x", "y"]), notInArray(t.a, [1]))!),
  check("arrays", and(arrayContains(t.c, ["a"]), arrayContained(t.c, ["b", "c"]), arrayOverlaps(t.c, ["d"]))!),
  check("not", not(eq(t.b, t.c as any))),
  check("columns", gt(t.a, sql`length(${t.b})`)),
]);
export const v = pgView("v").as((qb) => qb.select({ b: t.b, most: max(t.a).as("most"), mean: avg(t.a).as("mean") }).from(t)
  .where(and(inArray(t.b, ["x", "it's"]), exists(qb.select({ one: sql`1` }).from(t)))).groupBy(t.b).orderBy(asc(t.b), desc(sql`most`)));
