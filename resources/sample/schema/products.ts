import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  char,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { money, primaryId, softDelete, timestamps } from './columns';
import { currencies } from './reference';
import { belongsToOrganization } from './tenant';

export const productCategories = pgTable(
  'product_categories',
  {
    ...primaryId,
    ...belongsToOrganization(),
    parentId: uuid('parent_id').references((): AnyPgColumn => productCategories.id, {
      onDelete: 'set null',
    }),
    name: varchar('name', { length: 120 }).notNull(),
    position: integer('position').notNull().default(0),
    ...timestamps,
  },
  (t) => [
    unique('product_categories_name_unique').on(t.organizationId, t.parentId, t.name).nullsNotDistinct(),
    index('product_categories_parent_idx').on(t.parentId),
  ],
);

export type ProductAttributes = { weightInGrams?: number; color?: string; warrantyMonths?: number };

export const products = pgTable(
  'products',
  {
    ...primaryId,
    ...belongsToOrganization(),
    categoryId: uuid('category_id').references(() => productCategories.id, { onDelete: 'set null' }),
    sku: varchar('sku', { length: 40 }).notNull(),
    name: varchar('name', { length: 255 }).notNull(),
    description: text('description'),
    price: money('price').notNull(),
    cost: money('cost'),
    currencyCode: char('currency_code', { length: 3 })
      .notNull()
      .references(() => currencies.code),
    stock: integer('stock').notNull().default(0),
    labels: text('labels')
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    attributes: jsonb('attributes').$type<ProductAttributes>().notNull().default({}),
    isActive: boolean('is_active').notNull().default(true),
    ...timestamps,
    ...softDelete,
  },
  (t) => [
    unique('products_organization_sku_unique').on(t.organizationId, t.sku),
    index('products_organization_created_idx').on(t.organizationId, t.createdAt, t.id),
    index('products_organization_name_idx').on(t.organizationId, sql`lower(${t.name})`),
    index('products_category_idx').on(t.categoryId),
    index('products_labels_idx').using('gin', t.labels),
    index('products_attributes_idx').using('gin', t.attributes.op('jsonb_path_ops')),
    check('products_price_not_negative', sql`${t.price} >= 0`),
    check('products_stock_not_negative', sql`${t.stock} >= 0`),
  ],
);

export const priceLists = pgTable(
  'price_lists',
  {
    ...primaryId,
    ...belongsToOrganization(),
    name: varchar('name', { length: 120 }).notNull(),
    currencyCode: char('currency_code', { length: 3 })
      .notNull()
      .references(() => currencies.code),
    validFrom: date('valid_from').notNull(),
    validUntil: date('valid_until'),
    ...timestamps,
  },
  (t) => [
    unique('price_lists_organization_name_unique').on(t.organizationId, t.name),
    index('price_lists_valid_idx').on(t.organizationId, t.validFrom, t.validUntil),
    check('price_lists_end_after_start', sql`${t.validUntil} > ${t.validFrom}`),
  ],
);

export const priceListItems = pgTable(
  'price_list_items',
  {
    priceListId: uuid('price_list_id')
      .notNull()
      .references(() => priceLists.id, { onDelete: 'cascade' }),
    productId: uuid('product_id')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    minimumQuantity: integer('minimum_quantity').notNull().default(1),
    price: money('price').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'price_list_items_pk',
      columns: [t.priceListId, t.productId, t.minimumQuantity],
    }),
    index('price_list_items_product_idx').on(t.productId),
    check('price_list_items_price_not_negative', sql`${t.price} >= 0`),
  ],
);
