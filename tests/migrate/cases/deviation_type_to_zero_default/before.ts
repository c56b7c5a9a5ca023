import { pgTable, integer, text } from 'drizzle-orm/pg-core';

export const t = pgTable('t', { a: integer('a').default(3), b: text('b').default('x') });
