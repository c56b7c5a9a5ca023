import { count, countDistinct, desc, eq, getTableColumns, isNull, lt, max, sql, sum } from "drizzle-orm";
import { alias, boolean, integer, jsonb, numeric, pgEnum, pgSchema, pgTable, pgView, QueryBuilder, text, timestamp } from "drizzle-orm/pg-core";

export const state = pgEnum("state", ["open", "done"]);
export const shop = pgSchema("shop");
export const orders = shop.table("orders", { id: integer("id").primaryKey(), state: state("state").default("open"), total: numeric("total", { precision: 9, scale: 2 }), customer: integer("customer"), tags: text("tags").array(), data: jsonb("data").default({}), at: timestamp("at", { withTimezone: true }).defaultNow() });
export const customers = pgTable("customers", { id: integer("id").primaryKey(), name: text("name"), gone: boolean("gone").default(false) });
const qb = new QueryBuilder();
const { data, ...slim } = getTableColumns(orders);

export const slimOrders = pgView("slim_orders").as(qb.select(slim).from(orders));
export const totals = shop.view("totals").as((q) =>
  q.select({ customer: customers.name, orders: count().as("orders"), kinds: countDistinct(orders.state).as("kinds"), total: sum(orders.total).as("total"), newest: max(orders.at).as("newest") })
    .from(customers).leftJoin(orders, eq(orders.customer, customers.id)).where(isNull(customers.gone)).groupBy(customers.id, customers.name).having(({ total }) => lt(total, sql`100`)).orderBy(desc(sql`total`)));
export const distinctOn = pgView("distinct_on").as((q) => q.selectDistinctOn([orders.customer], { customer: orders.customer, at: orders.at }).from(orders).orderBy(orders.customer, desc(orders.at)));
export const locked = pgView("locked").as((q) => q.select({ id: orders.id }).from(orders).for("update", { skipLocked: true }));
export const lateral = pgView("lateral").as((q) => {
  const last = q.select({ at: orders.at }).from(orders).where(eq(orders.customer, customers.id)).limit(1).as("last");
  return q.select({ name: customers.name, at: last.at }).from(customers).leftJoinLateral(last, sql`true`);
});
export const nested = pgView("nested").as((q) => {
  const open = q.$with("open").as(q.select({ id: orders.id, customer: orders.customer }).from(orders).where(eq(orders.state, "open")));
  const named = q.$with("named").as(q.with(open).select({ id: open.id, name: customers.name }).from(open).rightJoin(customers, eq(customers.id, open.customer)));
  return q.with(open, named).select().from(named);
});
export const set = pgView("set_operation").as(qb.select({ id: orders.id }).from(orders).union(qb.select({ id: customers.id }).from(customers)).except(qb.select({ id: orders.customer }).from(orders)).orderBy(sql`1`).limit(10) as any);
export const aliased = pgView("aliased").as((q) => { const o = alias(orders, "o"); return q.select({ id: o.id, state: o.state }).from(o).crossJoin(customers); });
export const ofView = pgView("of_view").as((q) => q.select({ newest: totals.newest, customer: totals.customer }).from(totals).where(eq(totals.customer, "it's")));
export const scalar = pgView("scalar").as((q) => q.select({ id: orders.id, first: sql<number>`(${q.select({ id: customers.id }).from(customers).limit(1)})`.as("first") }).from(orders));
