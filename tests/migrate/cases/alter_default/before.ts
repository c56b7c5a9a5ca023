import { pgTable, integer, text, boolean, timestamp } from 'drizzle-orm/pg-core';

export const t = pgTable('t', { a: text('a').default('x'), b: integer('b').default(1), c: text('c'), d: boolean('d').default(true), e: timestamp('e') });
