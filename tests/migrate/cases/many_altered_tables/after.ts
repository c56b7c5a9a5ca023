import { pgTable, integer, text, index } from 'drizzle-orm/pg-core';

export const zeta = pgTable('zeta', { a: text('a').notNull(), c: text('c'), b: text('b'), d: integer('d') }, (t) => [index('zeta_i').on(t.b), index('zeta_j').on(t.c)]);
export const alpha = pgTable('alpha', { a: text('a').notNull(), c: text('c'), b: text('b'), d: integer('d') }, (t) => [index('alpha_i').on(t.b), index('alpha_j').on(t.c)]);
export const mid = pgTable('mid', { a: text('a').notNull(), c: text('c'), b: text('b'), d: integer('d') }, (t) => [index('mid_i').on(t.b), index('mid_j').on(t.c)]);
