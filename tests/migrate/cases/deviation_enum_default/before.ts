import { pgTable, pgEnum, text } from 'drizzle-orm/pg-core';

export const mood = pgEnum('mood', ['ok', 'sad']); export const t = pgTable('t', { a: text('a').default('ok'), b: mood('b').default('ok'), c: mood('c') });
