import { pgTable, pgEnum, pgSchema, integer, text, index, unique, primaryKey } from 'drizzle-orm/pg-core';

export const shop = pgSchema('store');
export const mood = pgEnum('feeling', ['ok', 'sad']);
export const orgs = pgTable('companies', { id: integer('key').primaryKey(), name: text('name').notNull().unique(), mood: mood('mood') });
export const items = shop.table('items', {
  orgId: integer('org_id').notNull().references(() => orgs.id),
  seat: integer('seat').notNull(), note: text('remark'),
}, (t) => [primaryKey({ columns: [t.orgId, t.seat] }), index('note_idx').on(t.note), unique('note_seat').on(t.note, t.seat)]);
