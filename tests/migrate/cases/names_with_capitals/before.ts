import { pgTable, text } from 'drizzle-orm/pg-core';

export const t = pgTable('Order Item', { a: text('userName') });
