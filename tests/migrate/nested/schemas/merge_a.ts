import { pgTable, integer, text } from 'drizzle-orm/pg-core';

export const orgs = pgTable('orgs', { id: integer('id').primaryKey(), name: text('name') });
export const a = pgTable('a', { id: integer('id'), orgId: integer('org_id').references(() => orgs.id) });
