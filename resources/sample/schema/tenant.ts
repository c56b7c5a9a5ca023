import { uuid } from 'drizzle-orm/pg-core';
import { organizations } from '@/schema/organizations';

/** The column every tenant table starts with. Rows go when their organization goes. */
export const belongsToOrganization = () => ({
  organizationId: uuid('organization_id')
    .notNull()
    .references(() => organizations.id, { onDelete: 'cascade' }),
});
