import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  char,
  check,
  date,
  index,
  jsonb,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { money, primaryId, simpleVector, softDelete, timestamps, tsvector } from './columns';
import { contactType } from './enums';
import { users } from './people';
import { countries } from './reference';
import { belongsToOrganization } from './tenant';

/** Whom an organization knows: people, companies, partners. */
export const contacts = pgTable(
  'contacts',
  {
    ...primaryId,
    ...belongsToOrganization(),
    name: varchar('name', { length: 255 }).notNull(),
    email: varchar('email', { length: 255 }),
    type: contactType('type').notNull().default('individual'),
    isActive: boolean('is_active').notNull().default(true),
    lifetimeValue: money('lifetime_value').notNull().default('0'),
    phone: varchar('phone', { length: 50 }),
    notes: text('notes'),
    companyId: uuid('company_id').references((): AnyPgColumn => contacts.id, { onDelete: 'set null' }),
    ownerId: uuid('owner_id').references(() => users.id, { onDelete: 'set null' }),
    countryCode: char('country_code', { length: 2 }).references(() => countries.code),
    source: varchar('source', { length: 40 }),
    birthday: date('birthday'),
    customFields: jsonb('custom_fields').$type<Record<string, unknown>>().notNull().default({}),
    ...timestamps,
    ...softDelete,
    search: tsvector('search').generatedAlwaysAs(
      simpleVector(sql`coalesce(name, '') || ' ' || coalesce(notes, '')`),
    ),
  },
  (t) => [
    unique('contacts_organization_email_unique').on(t.organizationId, t.email),
    unique('contacts_organization_id_unique').on(t.organizationId, t.id),
    index('contacts_organization_created_idx').on(t.organizationId, t.createdAt, t.id),
    index('contacts_organization_name_idx').on(t.organizationId, t.name),
    index('contacts_organization_type_idx').on(t.organizationId, t.type, t.isActive),
    index('contacts_organization_value_idx').on(t.organizationId, t.lifetimeValue.desc(), t.id),
    index('contacts_company_idx').on(t.companyId),
    index('contacts_owner_idx').on(t.ownerId),
    index('contacts_email_lower_idx').on(t.organizationId, sql`lower(${t.email})`),
    index('contacts_live_idx')
      .on(t.organizationId, t.id)
      .where(sql`${t.deletedAt} is null`),
    index('contacts_search_idx').using('gin', t.search),
    check('contacts_value_not_negative', sql`${t.lifetimeValue} >= 0`),
    check('contacts_not_own_company', sql`${t.companyId} <> ${t.id}`),
    pgPolicy('contacts_of_organization', {
      for: 'all',
      to: 'public',
      using: sql`organization_id = current_setting('app.organization_id', true)::uuid`,
      withCheck: sql`organization_id = current_setting('app.organization_id', true)::uuid`,
    }),
  ],
);

export const addresses = pgTable(
  'addresses',
  {
    ...primaryId,
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    label: varchar('label', { length: 40 }).notNull().default('billing'),
    street: text('street').notNull(),
    postalCode: varchar('postal_code', { length: 16 }),
    city: varchar('city', { length: 120 }).notNull(),
    countryCode: char('country_code', { length: 2 })
      .notNull()
      .references(() => countries.code),
    ...timestamps,
  },
  (t) => [
    index('addresses_contact_idx').on(t.contactId),
    index('addresses_country_city_idx').on(t.countryCode, t.city),
  ],
);

export const tags = pgTable(
  'tags',
  {
    ...primaryId,
    ...belongsToOrganization(),
    name: varchar('name', { length: 60 }).notNull(),
    color: char('color', { length: 7 }).notNull().default('#6b7685'),
    ...timestamps,
  },
  (t) => [
    unique('tags_organization_name_unique').on(t.organizationId, t.name),
    check('tags_color_form', sql`${t.color} ~ '^#[0-9a-f]{6}$'`),
  ],
);

export const contactTags = pgTable(
  'contact_tags',
  {
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    tagId: uuid('tag_id')
      .notNull()
      .references(() => tags.id, { onDelete: 'cascade' }),
    taggedAt: timestamp('tagged_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.contactId, t.tagId] }), index('contact_tags_tag_idx').on(t.tagId)],
);
