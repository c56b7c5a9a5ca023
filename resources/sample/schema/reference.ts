import { sql } from 'drizzle-orm';
import {
  boolean,
  char,
  check,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  varchar,
} from 'drizzle-orm/pg-core';
import { money, timestamps } from './columns';

// The same for every organization: no organization_id here.

export const currencies = pgTable('currencies', {
  code: char('code', { length: 3 }).primaryKey(),
  name: text('name').notNull().unique(),
  symbol: varchar('symbol', { length: 4 }).notNull(),
  minorUnits: smallint('minor_units').notNull().default(2),
});

export const countries = pgTable(
  'countries',
  {
    code: char('code', { length: 2 }).primaryKey(),
    name: text('name').notNull().unique(),
    callingCode: varchar('calling_code', { length: 6 }).notNull(),
    currencyCode: char('currency_code', { length: 3 })
      .notNull()
      .references(() => currencies.code),
    inEuropeanUnion: boolean('in_european_union').notNull().default(false),
  },
  (t) => [index('countries_currency_idx').on(t.currencyCode)],
);

export const plans = pgTable(
  'plans',
  {
    id: integer('id').primaryKey(),
    name: varchar('name', { length: 60 }).notNull().unique(),
    monthlyPrice: money('monthly_price').notNull(),
    seats: integer('seats'),
    features: text('features')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    limits: jsonb('limits').$type<Record<string, number>>().notNull().default({}),
    isPublic: boolean('is_public').notNull().default(true),
    ...timestamps,
  },
  (t) => [
    check('plans_price_not_negative', sql`${t.monthlyPrice} >= 0`),
    check('plans_seats_positive', sql`${t.seats} > 0`),
  ],
);

export const exchangeRates = pgTable(
  'exchange_rates',
  {
    base: char('base', { length: 3 })
      .notNull()
      .references(() => currencies.code),
    quote: char('quote', { length: 3 })
      .notNull()
      .references(() => currencies.code),
    day: date('day').notNull(),
    rate: numeric('rate', { precision: 18, scale: 8 }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'exchange_rates_pk', columns: [t.base, t.quote, t.day] }),
    check('exchange_rates_positive', sql`${t.rate} > 0`),
  ],
);
