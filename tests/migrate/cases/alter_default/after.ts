import { pgTable, integer, text, boolean, timestamp } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

export const t = pgTable('t', { a: text('a').default("it's"), b: integer('b'), c: text('c').default('new'), d: boolean('d').default(false), e: timestamp('e').default(sql`now() + interval '1 day'`) });
