import { pgTable, pgEnum, pgSchema, integer, text, index, unique, primaryKey } from 'drizzle-orm/pg-core';

export const shop = pgSchema('shop');
export const mood = pgEnum('mood', ['ok', 'sad']);
export const orgs = pgTable('orgs', { id: integer('id').primaryKey(), name: text('name').notNull().unique(), mood: mood('mood') });
export const items = shop.table('items', {
  orgId: integer('org_id').notNull().references(() => orgs.id),
  seat: integer('seat').notNull(), note: text('note'),
}, (t) => [primaryKey({ columns: [t.orgId, t.seat] }), index('note_idx').on(t.note), unique('note_seat').on(t.note, t.seat)]);
