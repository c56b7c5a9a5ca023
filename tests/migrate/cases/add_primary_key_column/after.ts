import { pgTable, serial, text, primaryKey } from 'drizzle-orm/pg-core';

export const notes = pgTable('notes', { body: text('body'), id: serial('id').primaryKey() });
