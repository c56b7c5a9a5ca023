import { pgTable, integer, check } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

export const t = pgTable('t', { a: integer('a') }, (t) => [check('two', sql`${t.a} > 20`), check('three', sql`${t.a} > 3`)]);
