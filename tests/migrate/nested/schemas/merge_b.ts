import { pgTable, integer, text } from 'drizzle-orm/pg-core';

export const orgs = pgTable('orgs', { id: integer('id').primaryKey(), name: text('name') });
export const b = pgTable('b', { id: integer('id').primaryKey(), word: text('word').unique() });
