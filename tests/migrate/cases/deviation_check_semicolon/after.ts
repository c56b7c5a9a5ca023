import { pgTable, text, check } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

export const t = pgTable('t', { a: text('a') }, (t) => [check('c', sql`${t.a} <> 'a;b'`)]);
