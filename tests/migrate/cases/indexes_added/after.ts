import { pgTable, text, varchar, uuid, primaryKey, uniqueIndex, index } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

export const users = pgTable('users', { id: uuid('id').primaryKey().defaultRandom(), email: varchar('email', { length: 255 }).notNull(), nick: text('nick') }, (t) => [index().on(t.email), uniqueIndex('u_nick').on(t.nick.desc().nullsLast()), index('low').using('btree', sql`lower(${t.email})`, t.nick), index('part').on(t.nick).where(sql`${t.nick} is not null`), index('hash').using('hash', t.email).with({ fillfactor: 50 }), index('ops').using('btree', t.email.op('varchar_pattern_ops'), t.nick.desc())]);
