import { pgTable, bigint, varchar } from 'drizzle-orm/pg-core';

export const t = pgTable('t', { a: bigint('a', { mode: 'number' }).default(0), b: varchar('b', { length: 9 }).default('') });
