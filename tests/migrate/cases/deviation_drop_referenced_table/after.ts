import { pgTable, integer, text } from 'drizzle-orm/pg-core';

export const t = pgTable('t', { org: integer('org'), x: text('x') });
