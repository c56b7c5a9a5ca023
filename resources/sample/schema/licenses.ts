import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, timestamp, unique, uuid, varchar } from 'drizzle-orm/pg-core';
import { primaryId, timestamps } from './columns';
import { contacts } from './contacts';
import { licenseStatus } from './enums';
import { products } from './products';
import { orders } from './sales';
import { belongsToOrganization } from './tenant';

export const licenses = pgTable(
  'licenses',
  {
    ...primaryId,
    ...belongsToOrganization(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contacts.id),
    productId: uuid('product_id')
      .notNull()
      .references(() => products.id),
    orderId: uuid('order_id').references(() => orders.id, { onDelete: 'set null' }),
    key: varchar('key', { length: 64 }).notNull().unique(),
    status: licenseStatus('status').notNull().default('active'),
    seats: integer('seats').notNull().default(1),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    ...timestamps,
  },
  (t) => [
    index('licenses_organization_created_idx').on(t.organizationId, t.createdAt, t.id),
    index('licenses_organization_expires_idx').on(t.organizationId, t.expiresAt),
    index('licenses_contact_idx').on(t.contactId),
    index('licenses_product_idx').on(t.productId),
    index('licenses_order_idx').on(t.orderId),
    index('licenses_active_idx')
      .on(t.organizationId, t.productId)
      .where(sql`${t.status} = 'active'`),
    check('licenses_seats_positive', sql`${t.seats} > 0`),
  ],
);

export const licenseActivations = pgTable(
  'license_activations',
  {
    ...primaryId,
    licenseId: uuid('license_id')
      .notNull()
      .references(() => licenses.id, { onDelete: 'cascade' }),
    device: varchar('device', { length: 120 }).notNull(),
    fingerprint: varchar('fingerprint', { length: 64 }).notNull(),
    activatedAt: timestamp('activated_at', { withTimezone: true }).notNull().defaultNow(),
    deactivatedAt: timestamp('deactivated_at', { withTimezone: true }),
  },
  (t) => [unique('license_activations_device_unique').on(t.licenseId, t.fingerprint)],
);
