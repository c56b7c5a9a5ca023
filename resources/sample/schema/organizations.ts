import { sql } from 'drizzle-orm';
import {
  boolean,
  char,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { primaryId, softDelete, timestamps } from './columns';
import { countries, currencies, plans } from './reference';

export type OrganizationSettings = {
  locale: string;
  timeZone: string;
  invoicePrefix?: string;
};

/** The tenant. */
export const organizations = pgTable(
  'organizations',
  {
    ...primaryId,
    name: varchar('name', { length: 255 }).notNull(),
    slug: varchar('slug', { length: 63 }).notNull().unique(),
    planId: integer('plan_id')
      .notNull()
      .references(() => plans.id),
    countryCode: char('country_code', { length: 2 }).references(() => countries.code),
    currencyCode: char('currency_code', { length: 3 })
      .notNull()
      .default('EUR')
      .references(() => currencies.code),
    isActive: boolean('is_active').notNull().default(true),
    settings: jsonb('settings').$type<OrganizationSettings>().notNull(),
    ...timestamps,
    ...softDelete,
  },
  (t) => [
    index('organizations_plan_idx').on(t.planId),
    index('organizations_name_idx').on(sql`lower(${t.name})`),
    check('organizations_slug_form', sql`${t.slug} ~ '^[a-z0-9-]+$'`),
  ],
);

// Not belongsToOrganization() of ./tenant here: that module imports this one.
const organizationId = () =>
  uuid('organization_id')
    .notNull()
    .references(() => organizations.id, { onDelete: 'cascade' });

export const organizationDomains = pgTable(
  'organization_domains',
  {
    ...primaryId,
    organizationId: organizationId(),
    domain: text('domain').notNull().unique(),
    verifiedAt: timestamp('verified_at', { withTimezone: true }),
    ...timestamps,
  },
  (t) => [
    index('organization_domains_organization_idx').on(t.organizationId),
    index('organization_domains_unverified_idx')
      .on(t.createdAt)
      .where(sql`${t.verifiedAt} is null`),
  ],
);

export const teams = pgTable(
  'teams',
  {
    ...primaryId,
    organizationId: organizationId(),
    name: varchar('name', { length: 120 }).notNull(),
    description: text('description'),
    isDefault: boolean('is_default').notNull().default(false),
    ...timestamps,
  },
  (t) => [
    unique('teams_organization_name_unique').on(t.organizationId, t.name),
    uniqueIndex('teams_one_default_idx')
      .on(t.organizationId)
      .where(sql`${t.isDefault}`),
  ],
);
