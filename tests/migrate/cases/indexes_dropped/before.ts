import { pgTable, text, varchar, uuid, primaryKey, uniqueIndex, index } from 'drizzle-orm/pg-core';

export const users = pgTable('users', { id: uuid('id').primaryKey().defaultRandom(), email: varchar('email', { length: 255 }).notNull(), nick: text('nick') }, (t) => [index().on(t.email), uniqueIndex('u_nick').on(t.nick)]);
