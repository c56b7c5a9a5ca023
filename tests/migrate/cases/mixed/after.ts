import { pgTable, pgEnum, integer, varchar, primaryKey, unique, index, check } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

export const orgs = pgTable('orgs', { id: integer('id').primaryKey() });
export const mood = pgEnum('mood', ['ok', 'sad']);
export const lvl = pgEnum('lvl', ['l1']);
export const a = pgTable('a', { id: integer('id').primaryKey(), y: varchar('y', { length: 9 }).notNull() }, (t) => [check('yc', sql`${t.y} <> ''`)]);
export const b = pgTable('b', { id: integer('id').primaryKey(), a: integer('a'), org: integer('org').references(() => orgs.id), lvl: lvl('lvl') }, (t) => [index().on(t.org), unique('bu').on(t.lvl)]);
export const n = pgTable('n', { id: integer('id').primaryKey(), b: integer('b').references(() => b.id) }, (t) => [index().on(t.b)]);
