import { pgTable, integer, text } from 'drizzle-orm/pg-core';

export const orgs = pgTable('orgs', { id: integer('id').primaryKey(), name: text('name') });
