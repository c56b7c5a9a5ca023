-- Product categories
INSERT INTO product_categories (id, organization_id, parent_id, name, position, created_at, updated_at)
SELECT pg_temp.key('category', n * 100 + c), id, CASE WHEN parent > 0 THEN pg_temp.key('category', n * 100 + parent) END, category, c,
       created_at, created_at
FROM planned_organizations,
     (VALUES (1, 0, 'Hardware'), (2, 0, 'Software'), (3, 0, 'Services'), (4, 0, 'Accessories'), (5, 1, 'Notebooks'), (6, 1, 'Displays'),
             (7, 1, 'Printers'), (8, 2, 'Office'), (9, 2, 'Security'), (10, 3, 'Training'), (11, 3, 'Maintenance'), (12, 4, 'Cables'),
             (13, 4, 'Bags')) AS category (c, parent, category)
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Products with their prices
CREATE TEMPORARY TABLE IF NOT EXISTS planned_products AS
SELECT o.n AS organization, o.id AS organization_id, i, o.n * 1000 + i AS n, pg_temp.key('product', o.n * 1000 + i) AS id,
       5 + i % 9 AS category, o.currency_code, o.created_at,
       round((CASE i % 9 WHEN 0 THEN 900 WHEN 1 THEN 260 WHEN 2 THEN 180 WHEN 3 THEN 60 WHEN 4 THEN 90 WHEN 5 THEN 350 WHEN 6 THEN 120
              WHEN 7 THEN 8 ELSE 40 END) * (0.6 + pg_temp.roll(o.n * 1000 + i, 40, 90) / 100.0)) -
         CASE pg_temp.roll(o.n * 1000 + i, 41, 3) WHEN 0 THEN 0.10 WHEN 1 THEN 0.05 ELSE 0.00 END AS price,
       i % 9 IN (3, 4) AND i % 2 = 1 AS licensed
FROM planned_organizations AS o, generate_series(1, pg_temp.product_count(o.n)) AS i;
--> statement-breakpoint
-- Products
INSERT INTO products (id, organization_id, category_id, sku, name, description, price, cost, currency_code, stock, labels, attributes,
                      is_active, created_at, updated_at, deleted_at)
SELECT id, organization_id, CASE WHEN n % 40 = 0 THEN NULL ELSE pg_temp.key('category', organization * 100 + category) END,
       (ARRAY['NB', 'DS', 'PR', 'OF', 'SE', 'TR', 'MA', 'CA', 'BA'])[category - 4] || '-' || 1000 + i,
       pg_temp.pick(n, 42, ARRAY['Nova', 'Atlas', 'Pico', 'Orion', 'Luma', 'Terra', 'Vega', 'Solo', 'Duo', 'Prime']) || ' ' ||
         (ARRAY['notebook', 'display', 'printer', 'office suite', 'endpoint guard', 'workshop', 'service plan', 'cable', 'bag'])[category - 4] ||
         ' ' || pg_temp.pick(n, 43, ARRAY['S', 'M', 'L', 'XL', 'Pro', 'Air', 'Plus', 'One', '2', '3']),
       CASE WHEN n % 5 = 0 THEN NULL WHEN n % 11 = 0 THEN '' ELSE pg_temp.pick(n, 44, ARRAY['Made for everyday work.',
         'Our best seller; ships within two days.', 'Refurbished, with full warranty.', 'Replaces last year''s model.',
         'For teams of up to ten people.']) END,
       price, CASE WHEN n % 7 = 0 THEN NULL ELSE round(price * (0.45 + pg_temp.roll(n, 45, 30) / 100.0), 2) END, currency_code,
       CASE WHEN category IN (8, 9, 10, 11) THEN 0 ELSE pg_temp.roll(n, 46, 240) END,
       CASE WHEN licensed THEN '{licensed,digital}' WHEN n % 6 = 0 THEN '{new}' WHEN n % 13 = 0 THEN '{sale,last-chance}' ELSE '{}' END::text[],
       CASE WHEN category IN (5, 6, 7) THEN jsonb_build_object('weightInGrams', 400 + 50 * pg_temp.roll(n, 47, 60), 'color',
              pg_temp.pick(n, 48, ARRAY['black', 'silver', 'white', 'blue']), 'warrantyMonths', 12 + 12 * (n % 3)) ELSE '{}' END,
       n % 19 <> 0, created_at + make_interval(days => pg_temp.roll(n, 49, 400)), pg_temp.days_ago(1 + pg_temp.roll(n, 50, 120), n, 51),
       CASE WHEN n % 57 = 0 THEN pg_temp.days_ago(1 + pg_temp.roll(n, 52, 90), n, 53) END
FROM planned_products
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Price lists
INSERT INTO price_lists (id, organization_id, name, currency_code, valid_from, valid_until, created_at, updated_at)
SELECT pg_temp.key('price list', n * 10 + l), id, list, currency_code, day::date, till::date, created_at, created_at
FROM planned_organizations,
     (VALUES (0, 'Retail 2026', '2026-01-01', '2027-01-01'), (1, 'Partners', '2025-01-01', NULL), (2, 'Retail 2025', '2025-01-01', '2026-01-01')
     ) AS list (l, list, day, till)
WHERE l < 1 OR n <= 30
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Prices by list and quantity
INSERT INTO price_list_items (price_list_id, product_id, minimum_quantity, price)
SELECT lists.id, products.id, quantity, round(products.price * (CASE l WHEN 1 THEN 0.80 WHEN 2 THEN 0.97 ELSE 1.00 END) *
         CASE quantity WHEN 10 THEN 0.92 ELSE 1.00 END, 2)
FROM planned_products AS products
CROSS JOIN generate_series(0, 2) AS l CROSS JOIN (VALUES (1), (10)) AS step (quantity)
JOIN price_lists AS lists ON lists.id = pg_temp.key('price list', organization * 10 + l)
WHERE l = 1 OR i % 3 = 0
ON CONFLICT DO NOTHING;
