import { pgTable, integer, text } from 'drizzle-orm/pg-core';

export const odd = pgTable('odd', { b: text('b'), two: integer('2024'), a: text('a'), ten: integer('10').notNull(), lead: integer('007') });
