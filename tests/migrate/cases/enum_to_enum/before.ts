import { pgTable, pgEnum } from 'drizzle-orm/pg-core';

export const mood = pgEnum('mood', ['ok', 'sad']); export const t = pgTable('t', { a: mood('a').default('ok'), b: mood('b') });
