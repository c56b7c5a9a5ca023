import { pgTable, pgSchema, text, varchar, uuid, primaryKey } from 'drizzle-orm/pg-core';

export const s = pgSchema('shop');export const users = pgTable('users', { id: uuid('id').primaryKey().defaultRandom(), email: varchar('email', { length: 255 }).notNull(), nick: text('nick') });
