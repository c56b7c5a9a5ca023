import { pgTable, text, varchar, uuid, primaryKey, index } from 'drizzle-orm/pg-core';

export const users = pgTable('users', { id: uuid('id').primaryKey().defaultRandom(), email: varchar('email', { length: 255 }).notNull(), nick: text('nick') }, (t) => [index('c').on(t.id), index('b').on(t.nick, t.email), index('d').on(t.nick)]);
