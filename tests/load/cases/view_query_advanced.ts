import { alias, integer, pgTable, pgView, QueryBuilder, text, unionAll } from "drizzle-orm/pg-core";
import { eq, exists, inArray, sql } from "drizzle-orm";

export const nodes = pgTable("nodes", { id: integer("id").primaryKey(), parent: integer("parent"), label: text("label") });
const parents = alias(nodes, "parents");
const qb = new QueryBuilder();
const roots = qb.select({ id: nodes.id, label: nodes.label }).from(nodes).where(sql`${nodes.parent} is null`);

export const withAlias = pgView("with_alias").as((q) => q.select({ id: nodes.id, parentLabel: parents.label }).from(nodes).leftJoin(parents, eq(parents.id, nodes.parent)));
export const withSubquery = pgView("with_subquery").as((q) => {
  const sub = q.select({ id: nodes.id, label: nodes.label }).from(nodes).as("sub");
  return q.select({ id: sub.id, label: sub.label }).from(sub);
});
export const withCte = pgView("with_cte").as((q) => {
  const cte = q.$with("cte").as(roots);
  return q.with(cte).select({ id: cte.id }).from(cte);
});
export const fromBuilder = pgView("from_builder").as(roots);
export const union = pgView("union").as(unionAll(qb.select({ id: nodes.id }).from(nodes), qb.select({ id: nodes.parent }).from(nodes)) as any);
export const within = pgView("within").as((q) => q.select({ id: nodes.id }).from(nodes).where(inArray(nodes.parent, [1, 2, 3])));
export const existing = pgView("existing_rows").as((q) => q.select({ id: nodes.id }).from(nodes).where(exists(q.select().from(parents).where(eq(parents.parent, nodes.id)))));
