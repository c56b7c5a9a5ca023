import { type SQL, sql } from 'drizzle-orm';
import { customType, numeric, timestamp, uuid } from 'drizzle-orm/pg-core';

// What most tables begin and end with; spread these into a table's columns.

export const primaryId = {
  id: uuid('id').primaryKey().defaultRandom(),
};

export const timestamps = {
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true })
    .notNull()
    .defaultNow()
    .$onUpdate(() => new Date()),
};

export const softDelete = {
  deletedAt: timestamp('deleted_at', { withTimezone: true }),
};

/** An amount in the row's currency: twelve digits, two of them behind the point. */
export const money = (name: string) => numeric(name, { precision: 12, scale: 2 });

export const tsvector = customType<{ data: string }>({
  dataType: () => 'tsvector',
});

/** `simple` keeps names as they are: no stemming, no stop words. */
export const simpleVector = (expression: SQL) => sql`to_tsvector('simple', ${expression})`;
