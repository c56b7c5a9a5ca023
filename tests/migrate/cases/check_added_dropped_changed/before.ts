import { pgTable, integer, check } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

export const t = pgTable('t', { a: integer('a') }, (t) => [check('one', sql`${t.a} > 1`), check('two', sql`${t.a} > 2`)]);
