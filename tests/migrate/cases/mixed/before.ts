import { pgTable, pgEnum, integer, text, primaryKey, unique, index } from 'drizzle-orm/pg-core';

export const orgs = pgTable('orgs', { id: integer('id').primaryKey() });
export const mood = pgEnum('mood', ['ok']);
export const a = pgTable('a', { id: integer('id').primaryKey(), x: text('x'), y: text('y') }, (t) => [index('ax').on(t.x), unique('ay').on(t.y)]);
export const b = pgTable('b', { id: integer('id').primaryKey(), a: integer('a').references(() => a.id) });
