import { pgSchema, text, index } from 'drizzle-orm/pg-core';

export const s = pgSchema('auth'); export const t = s.table('t', { a: text('a') }, (t) => [index('gone').on(t.a)]);
