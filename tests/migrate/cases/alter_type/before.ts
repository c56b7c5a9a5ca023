import { pgTable, integer, text, varchar, numeric, timestamp } from 'drizzle-orm/pg-core';

export const t = pgTable('t', { a: varchar('a', { length: 20 }), b: integer('b'), c: timestamp('c'), d: numeric('d', { precision: 5, scale: 1 }), e: integer('e').array() , f: text('f').notNull()});
