import { pgTable, pgPolicy, integer, text, varchar, uuid, primaryKey, index } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

export const users = pgTable('users', { id: uuid('id').primaryKey().defaultRandom(), email: varchar('email', { length: 255 }).notNull(), nick: text('nick') });

export const docs = pgTable('docs', { id: uuid('id').primaryKey(), owner: text('owner').notNull() }, (t) => [
  pgPolicy('own', { as: 'permissive', for: 'select', to: 'public', using: sql`${t.owner} = current_user` }),
  pgPolicy('write', { as: 'restrictive', for: 'insert', to: ['app', 'current_user'], withCheck: sql`true` }), index().on(t.owner) ]);
export const locked = pgTable('locked', { id: integer('id') }).enableRLS();
