import { pgTable, text, index } from 'drizzle-orm/pg-core';

export const zeta = pgTable('zeta', { a: text('a'), b: text('b') }, (t) => [index('zeta_i').on(t.a)]);
export const alpha = pgTable('alpha', { a: text('a'), b: text('b') }, (t) => [index('alpha_i').on(t.a)]);
export const mid = pgTable('mid', { a: text('a'), b: text('b') }, (t) => [index('mid_i').on(t.a)]);
