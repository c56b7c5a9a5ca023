import { pgTable, pgSchema, text, varchar, uuid, primaryKey, index } from 'drizzle-orm/pg-core';

export const users = pgTable('users', { id: uuid('id').primaryKey().defaultRandom(), email: varchar('email', { length: 255 }).notNull(), nick: text('nick') });
export const s = pgSchema('auth'); export const z = pgSchema('zoo'); export const sess = s.table('sess', { id: uuid('id').primaryKey(), userId: uuid('user_id').references(() => users.id) }, (t) => [index().on(t.userId)]);
