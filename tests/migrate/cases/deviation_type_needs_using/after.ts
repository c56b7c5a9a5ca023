import { pgTable, integer, text, uuid, jsonb } from 'drizzle-orm/pg-core';

export const t = pgTable('t', { a: integer('a'), b: uuid('b'), c: integer('c').default(1), d: jsonb('d'), e: integer('e'), f: text('f').array() });
