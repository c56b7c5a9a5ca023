import { pgTable, pgEnum, integer } from 'drizzle-orm/pg-core';

export const mood = pgEnum('mood', ['ok', 'sad']); export const tone = pgEnum('tone', ['ok', 'sad']); export const t = pgTable('t', { a: mood('a'), b: tone('b'), c: integer('c') });
