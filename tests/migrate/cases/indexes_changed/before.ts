import { pgTable, text, varchar, uuid, primaryKey, index } from 'drizzle-orm/pg-core';

export const users = pgTable('users', { id: uuid('id').primaryKey().defaultRandom(), email: varchar('email', { length: 255 }).notNull(), nick: text('nick') }, (t) => [index('a').on(t.email), index('b').on(t.nick), index('c').on(t.id)]);
