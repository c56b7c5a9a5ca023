import { pgTable, text, varchar, index } from 'drizzle-orm/pg-core';

export const t = pgTable('Order Item', { a: varchar('userName', { length: 3 }), b: text('select') }, (t) => [index('My Index').on(t.b)]);
