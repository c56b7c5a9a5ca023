import { pgTable, integer, primaryKey } from 'drizzle-orm/pg-core';

export const orgs = pgTable('orgs', { id: integer('id').primaryKey() });
export const t = pgTable('t', { org: integer('org').references(() => orgs.id, { onDelete: 'cascade' }), other: integer('other').references(() => orgs.id) });
