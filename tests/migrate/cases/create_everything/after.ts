import { pgTable, pgEnum, pgSchema, serial, integer, bigint, text, varchar, boolean, numeric, doublePrecision, timestamp, date, jsonb, inet, primaryKey, foreignKey, unique, uniqueIndex, index, check } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

export const shop = pgSchema('shop');
export const mood = pgEnum('mood', ['ok', 'sad', "it's"]);
export const size = shop.enum('size', ['s', 'm']);
export const orgs = pgTable('orgs', { id: serial('id').primaryKey(), name: text('name').notNull().unique(), slug: varchar('slug', { length: 40 }).unique('slug_once', { nulls: 'not distinct' }) });
export const items = shop.table('items', {
  orgId: integer('org_id').notNull().references(() => orgs.id, { onDelete: 'cascade', onUpdate: 'restrict' }),
  seat: integer('seat').notNull(), mood: mood('mood').default('ok').notNull(), moods: mood('moods').array(), size: size('size'),
  price: numeric('price', { precision: 10, scale: 2 }).default('0.50'), tags: text('tags').array().default(['a', 'b']),
  data: jsonb('data').default({ a: 1 }), flag: boolean('flag').default(false), count: integer('count').default(0), ratio: doublePrecision('ratio').default(0.5),
  at: timestamp('at', { withTimezone: true, precision: 3 }).defaultNow(), atText: timestamp('at_text', { mode: 'string' }), day: date('day').default('2020-01-01'),
  ident: bigint('ident', { mode: 'number' }).generatedAlwaysAsIdentity({ startWith: 100, cycle: true }), ident2: integer('ident2').generatedByDefaultAsIdentity(),
  upper: text('upper').generatedAlwaysAs(sql`"seat"::text || 'x'`), ip: inet('ip'), parent: integer('parent'),
}, (t) => [
  primaryKey({ columns: [t.orgId, t.seat] }), unique().on(t.seat, t.mood), unique('u2').on(t.price).nullsNotDistinct(), check('seat_pos', sql`${t.seat} > 0`),
  index().on(t.price), uniqueIndex('item_uq').on(t.flag.desc(), t.count.asc().nullsFirst()), index('item_expr').using('btree', sql`lower(${t.upper})`).where(sql`${t.seat} > 3`).with({ fillfactor: 70 }),
  index('item_gin').using('gin', t.data.op('jsonb_path_ops')), index('conc').on(t.day).concurrently(),
  foreignKey({ columns: [t.parent, t.seat], foreignColumns: [t.orgId, t.seat], name: 'self_fk' }).onDelete('set null'),
]);
