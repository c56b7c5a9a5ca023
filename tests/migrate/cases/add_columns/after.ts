import { pgTable, pgEnum, integer, text, varchar, boolean, uuid, timestamp, inet, primaryKey } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

export const mood = pgEnum('mood', ['ok', 'sad']);
export const users = pgTable('users', { id: uuid('id').primaryKey().defaultRandom(), email: varchar('email', { length: 255 }).notNull(), nick: text('nick'),
 age: integer('age'), vip: boolean('vip').notNull().default(false), mood: mood('mood').default('ok').notNull(), moods: mood('moods').array(), at: timestamp('at', { withTimezone: true }).notNull().defaultNow(), n: integer('n').generatedAlwaysAsIdentity(), up: text('up').generatedAlwaysAs(sql`upper(email)`), ip: inet('ip') });
