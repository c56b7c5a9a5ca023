import { pgTable, bigint, text, varchar, numeric, timestamp } from 'drizzle-orm/pg-core';

export const t = pgTable('t', { a: text('a'), b: bigint('b', { mode: 'number' }), c: timestamp('c', { withTimezone: true }), d: numeric('d', { precision: 10, scale: 2 }), e: bigint('e', { mode: 'number' }).array(), f: varchar('f', { length: 80 }).notNull() });
