import { pgTable, text, unique } from 'drizzle-orm/pg-core';

export const t = pgTable('t', { a: text('a').unique(), b: text('b') }, (t) => [unique('ab').on(t.a, t.b)]);
