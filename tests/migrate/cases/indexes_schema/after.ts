import { pgSchema, text, uniqueIndex } from 'drizzle-orm/pg-core';

export const s = pgSchema('auth'); export const t = s.table('t', { a: text('a') }, (t) => [uniqueIndex('come').on(t.a)]);
