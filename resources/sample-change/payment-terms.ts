import { relations, sql } from 'drizzle-orm';
import { boolean, check, integer, pgTable, unique, varchar } from 'drizzle-orm/pg-core';
import { primaryId, timestamps } from './columns';
import { organizations } from './organizations';
import { belongsToOrganization } from './tenant';

/** How long a customer may take to pay. */
export const paymentTerms = pgTable(
  'payment_terms',
  {
    ...primaryId,
    ...belongsToOrganization(),
    name: varchar('name', { length: 60 }).notNull(),
    days: integer('days').notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    ...timestamps,
  },
  (t) => [
    unique('payment_terms_organization_name_unique').on(t.organizationId, t.name),
    check('payment_terms_days_not_negative', sql`${t.days} >= 0`),
  ],
);

export const paymentTermsRelations = relations(paymentTerms, ({ one }) => ({
  organization: one(organizations, {
    fields: [paymentTerms.organizationId],
    references: [organizations.id],
  }),
}));
