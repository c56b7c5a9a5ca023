import { sql } from 'drizzle-orm';
import {
  boolean,
  char,
  check,
  date,
  index,
  integer,
  numeric,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { money, primaryId, timestamps } from './columns';
import { contacts } from './contacts';
import { billingInterval, invoiceStatus, paymentMethod } from './enums';
import { countries, currencies, plans } from './reference';
import { orders } from './sales';
import { belongsToOrganization } from './tenant';

export const taxRates = pgTable(
  'tax_rates',
  {
    ...primaryId,
    ...belongsToOrganization(),
    countryCode: char('country_code', { length: 2 })
      .notNull()
      .references(() => countries.code),
    name: varchar('name', { length: 60 }).notNull(),
    percent: numeric('percent', { precision: 5, scale: 2 }).notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    ...timestamps,
  },
  (t) => [
    unique('tax_rates_organization_name_unique').on(t.organizationId, t.countryCode, t.name),
    check('tax_rates_percent_range', sql`${t.percent} >= 0 and ${t.percent} < 100`),
  ],
);

export const invoices = pgTable(
  'invoices',
  {
    ...primaryId,
    ...belongsToOrganization(),
    orderId: uuid('order_id').references(() => orders.id, { onDelete: 'set null' }),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contacts.id),
    number: varchar('number', { length: 30 }).notNull(),
    status: invoiceStatus('status').notNull().default('draft'),
    currencyCode: char('currency_code', { length: 3 })
      .notNull()
      .references(() => currencies.code),
    total: money('total').notNull(),
    issuedOn: date('issued_on').notNull(),
    dueOn: date('due_on').notNull(),
    paidAt: timestamp('paid_at', { withTimezone: true }),
    ...timestamps,
  },
  (t) => [
    unique('invoices_organization_number_unique').on(t.organizationId, t.number),
    index('invoices_organization_created_idx').on(t.organizationId, t.createdAt, t.id),
    index('invoices_organization_status_idx').on(t.organizationId, t.status, t.dueOn),
    index('invoices_order_idx').on(t.orderId),
    index('invoices_contact_idx').on(t.contactId),
    index('invoices_due_idx')
      .on(t.organizationId, t.dueOn)
      .where(sql`${t.paidAt} is null`),
    check('invoices_due_after_issue', sql`${t.dueOn} >= ${t.issuedOn}`),
  ],
);

export const invoiceLines = pgTable(
  'invoice_lines',
  {
    ...primaryId,
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => invoices.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    description: text('description').notNull(),
    quantity: numeric('quantity', { precision: 10, scale: 3 }).notNull(),
    unitPrice: money('unit_price').notNull(),
    taxRateId: uuid('tax_rate_id').references(() => taxRates.id),
    total: money('total').notNull(),
  },
  (t) => [
    unique('invoice_lines_position_unique').on(t.invoiceId, t.position),
    index('invoice_lines_tax_rate_idx').on(t.taxRateId),
    check('invoice_lines_quantity_positive', sql`${t.quantity} > 0`),
  ],
);

export const payments = pgTable(
  'payments',
  {
    ...primaryId,
    ...belongsToOrganization(),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => invoices.id, { onDelete: 'cascade' }),
    method: paymentMethod('method').notNull(),
    amount: money('amount').notNull(),
    reference: varchar('reference', { length: 60 }),
    paidAt: timestamp('paid_at', { withTimezone: true }).notNull(),
    ...timestamps,
  },
  (t) => [
    index('payments_organization_created_idx').on(t.organizationId, t.createdAt, t.id),
    index('payments_organization_paid_idx').on(t.organizationId, t.paidAt),
    index('payments_invoice_idx').on(t.invoiceId),
    check('payments_amount_positive', sql`${t.amount} > 0`),
  ],
);

/** What an organization itself pays for. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    ...primaryId,
    ...belongsToOrganization(),
    planId: integer('plan_id')
      .notNull()
      .references(() => plans.id),
    interval: billingInterval('interval').notNull().default('month'),
    seats: integer('seats').notNull(),
    startedOn: date('started_on').notNull(),
    endedOn: date('ended_on'),
    ...timestamps,
  },
  (t) => [
    index('subscriptions_organization_started_idx').on(t.organizationId, t.startedOn),
    index('subscriptions_plan_idx').on(t.planId),
    check('subscriptions_seats_positive', sql`${t.seats} > 0`),
  ],
);
