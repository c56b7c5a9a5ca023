import { pgTable, text, varchar, boolean } from 'drizzle-orm/pg-core';

export const t = pgTable('t', { a: text('a'), b: varchar('b', { length: 36 }), c: text('c').default('1'), d: text('d').default('x'), e: boolean('e'), f: text('f') });
