import { pgTable, integer, varchar } from 'drizzle-orm/pg-core';

export const t = pgTable('t', { a: varchar('a', { length: 20 }).default('x'), b: integer('b').default(0), c: integer('c').default(7), d: integer('d') });
