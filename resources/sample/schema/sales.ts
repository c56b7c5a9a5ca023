import { sql } from 'drizzle-orm';
import {
  char,
  check,
  date,
  index,
  integer,
  numeric,
  pgTable,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { money, primaryId, softDelete, timestamps } from './columns';
import { contacts } from './contacts';
import { dealStatus, orderStatus } from './enums';
import { users } from './people';
import { products } from './products';
import { currencies } from './reference';
import { belongsToOrganization } from './tenant';

export const pipelines = pgTable(
  'pipelines',
  {
    ...primaryId,
    ...belongsToOrganization(),
    name: varchar('name', { length: 120 }).notNull(),
    position: integer('position').notNull().default(0),
    ...timestamps,
  },
  (t) => [unique('pipelines_organization_name_unique').on(t.organizationId, t.name)],
);

export const pipelineStages = pgTable(
  'pipeline_stages',
  {
    ...primaryId,
    pipelineId: uuid('pipeline_id')
      .notNull()
      .references(() => pipelines.id, { onDelete: 'cascade' }),
    name: varchar('name', { length: 120 }).notNull(),
    position: integer('position').notNull(),
    probability: smallint('probability').notNull(),
  },
  (t) => [
    unique('pipeline_stages_position_unique').on(t.pipelineId, t.position),
    check('pipeline_stages_probability_range', sql`${t.probability} between 0 and 100`),
  ],
);

export const deals = pgTable(
  'deals',
  {
    ...primaryId,
    ...belongsToOrganization(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    stageId: uuid('stage_id')
      .notNull()
      .references(() => pipelineStages.id),
    ownerId: uuid('owner_id').references(() => users.id, { onDelete: 'set null' }),
    title: varchar('title', { length: 255 }).notNull(),
    amount: money('amount').notNull(),
    status: dealStatus('status').notNull().default('open'),
    expectedOn: date('expected_on'),
    closedAt: timestamp('closed_at', { withTimezone: true }),
    lostReason: text('lost_reason'),
    ...timestamps,
    ...softDelete,
  },
  (t) => [
    index('deals_organization_created_idx').on(t.organizationId, t.createdAt, t.id),
    index('deals_organization_status_idx').on(t.organizationId, t.status, t.expectedOn),
    index('deals_contact_idx').on(t.contactId),
    index('deals_stage_idx').on(t.stageId),
    index('deals_owner_idx').on(t.ownerId),
    check('deals_amount_not_negative', sql`${t.amount} >= 0`),
    check('deals_open_or_closed', sql`(${t.status} = 'open') = (${t.closedAt} is null)`),
  ],
);

export const orders = pgTable(
  'orders',
  {
    ...primaryId,
    ...belongsToOrganization(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contacts.id),
    number: varchar('number', { length: 30 }).notNull(),
    status: orderStatus('status').notNull().default('draft'),
    placedAt: timestamp('placed_at', { withTimezone: true }),
    note: text('note'),
    ...timestamps,
    currencyCode: char('currency_code', { length: 3 })
      .notNull()
      .default('EUR')
      .references(() => currencies.code),
    subtotal: money('subtotal').notNull().default('0'),
    tax: money('tax').notNull().default('0'),
    total: money('total').notNull().default('0'),
  },
  (t) => [
    unique('orders_organization_number_unique').on(t.organizationId, t.number),
    index('orders_organization_created_idx').on(t.organizationId, t.createdAt, t.id),
    index('orders_organization_status_idx').on(t.organizationId, t.status, t.createdAt),
    index('orders_contact_idx').on(t.contactId, t.createdAt),
    index('orders_organization_total_idx').on(t.organizationId, t.total, t.id),
    index('orders_unpaid_idx')
      .on(t.organizationId, t.placedAt)
      .where(sql`${t.status} = 'placed'`),
    check('orders_total_adds_up', sql`${t.total} = ${t.subtotal} + ${t.tax}`),
  ],
);

export const orderItems = pgTable(
  'order_items',
  {
    ...primaryId,
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    productId: uuid('product_id')
      .notNull()
      .references(() => products.id),
    position: integer('position').notNull(),
    quantity: integer('quantity').notNull().default(1),
    unitPrice: money('unit_price').notNull(),
    discount: numeric('discount', { precision: 5, scale: 2 }).notNull().default('0'),
    total: money('total').notNull(),
  },
  (t) => [
    unique('order_items_order_position_unique').on(t.orderId, t.position),
    index('order_items_product_idx').on(t.productId),
    check('order_items_quantity_positive', sql`${t.quantity} > 0`),
    check('order_items_discount_range', sql`${t.discount} between 0 and 100`),
  ],
);

export const shipments = pgTable(
  'shipments',
  {
    ...primaryId,
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    carrier: varchar('carrier', { length: 60 }).notNull(),
    trackingNumber: varchar('tracking_number', { length: 60 }),
    shippedAt: timestamp('shipped_at', { withTimezone: true }).notNull(),
    deliveredAt: timestamp('delivered_at', { withTimezone: true }),
    ...timestamps,
  },
  (t) => [
    index('shipments_order_idx').on(t.orderId),
    index('shipments_tracking_idx').on(t.carrier, t.trackingNumber),
    index('shipments_on_the_way_idx')
      .on(t.shippedAt)
      .where(sql`${t.deliveredAt} is null`),
  ],
);
