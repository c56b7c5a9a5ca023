import { pgTable, pgEnum } from 'drizzle-orm/pg-core';

export const mood = pgEnum('mood', ['ok', 'sad']); export const tone = pgEnum('tone', ['ok', 'sad', 'mad']); export const t = pgTable('t', { a: tone('a').default('ok'), b: tone('b') });
