import { pgTable, bigint, text } from 'drizzle-orm/pg-core';

export const t = pgTable('t', { a: text('a').default('x'), b: bigint('b', { mode: 'number' }).default(0), c: bigint('c', { mode: 'number' }).default(8), d: bigint('d', { mode: 'number' }).default(5).notNull() });
