import { and, desc, eq, gte, inArray, sql, sum } from 'drizzle-orm';
import { db } from '@/db';
import { contacts, orderItems, orders, products } from '@/schema';

/** An order with its lines and papers. */
export const orderById = db.query.orders
  .findFirst({
    where: and(
      eq(orders.organizationId, sql.placeholder('organizationId')),
      eq(orders.id, sql.placeholder('id')),
    ),
    with: {
      contact: { columns: { id: true, name: true, email: true } },
      items: { with: { product: { columns: { sku: true, name: true } } } },
      shipments: true,
      invoices: { with: { payments: true } },
    },
  })
  .prepare('order_by_id');

/** What sold best since a day, by turnover. */
export const bestSellers = db
  .select({
    productId: products.id,
    name: products.name,
    quantity: sum(orderItems.quantity).mapWith(Number),
    turnover: sum(orderItems.total),
  })
  .from(orders)
  .innerJoin(orderItems, eq(orderItems.orderId, orders.id))
  .innerJoin(products, eq(products.id, orderItems.productId))
  .where(
    and(
      eq(orders.organizationId, sql.placeholder('organizationId')),
      gte(orders.createdAt, sql.placeholder('since')),
      inArray(orders.status, ['paid', 'shipped', 'delivered']),
    ),
  )
  .groupBy(products.id, products.name)
  .orderBy(desc(sum(orderItems.total)))
  .limit(10)
  .prepare('best_sellers');

/** The customers with the highest turnover, for the dashboard. */
export function topCustomers(organizationId: string, limit = 10) {
  return db
    .select({ id: contacts.id, name: contacts.name, turnover: sum(orders.total) })
    .from(orders)
    .innerJoin(contacts, eq(contacts.id, orders.contactId))
    .where(
      and(
        eq(orders.organizationId, organizationId),
        inArray(orders.status, ['paid', 'shipped', 'delivered']),
      ),
    )
    .groupBy(contacts.id, contacts.name)
    .orderBy(desc(sum(orders.total)))
    .limit(limit);
}
