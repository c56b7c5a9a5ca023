-- Pipelines
INSERT INTO pipelines (id, organization_id, name, position, created_at, updated_at)
SELECT pg_temp.key('pipeline', n * 10 + p), id, CASE p WHEN 0 THEN 'New business' ELSE 'Renewals' END, p, created_at, created_at
FROM planned_organizations, generate_series(0, CASE WHEN n <= 25 THEN 1 ELSE 0 END) AS p
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Pipeline stages
INSERT INTO pipeline_stages (id, pipeline_id, name, position, probability)
SELECT pg_temp.key('stage', (n * 10 + p) * 10 + stage.position), pipelines.id, stage, stage.position, probability
FROM planned_organizations CROSS JOIN generate_series(0, 1) AS p
CROSS JOIN (VALUES (0, 'Qualified', 10), (1, 'Meeting held', 25), (2, 'Offer sent', 50), (3, 'Negotiation', 75), (4, 'Contract', 95)
     ) AS stage (position, stage, probability)
JOIN pipelines ON pipelines.id = pg_temp.key('pipeline', n * 10 + p)
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Deals
INSERT INTO deals (id, organization_id, contact_id, stage_id, owner_id, title, amount, status, expected_on, closed_at, lost_reason,
                   created_at, updated_at, deleted_at)
SELECT pg_temp.key('deal', n), organization_id, id,
       pg_temp.key('stage', organization * 100 + CASE status WHEN 'won' THEN 4 ELSE pg_temp.roll(n, 150, 5) END),
       CASE WHEN n % 11 = 0 THEN NULL ELSE pg_temp.key('user', organization * 1000 + 1 + pg_temp.roll(n, 151, pg_temp.member_count(organization))) END,
       pg_temp.pick(n, 152, ARRAY['Framework contract', 'New displays', 'Office suite for', 'Service plan', 'Printer exchange', 'Pilot']) || ' ' ||
         pg_temp.pick(n, 153, ARRAY['2025', '2026', 'phase two', 'head office', 'all sites', 'warehouse']),
       500 + 250 * pg_temp.roll(n, 154, 180), status::deal_status, (opened + interval '60 days')::date,
       CASE WHEN status <> 'open' THEN opened + (pg_temp.today() - opened) * 0.5 END,
       CASE WHEN status = 'lost' AND n % 4 > 0 THEN pg_temp.pick(n, 155, ARRAY['Price', 'Bought elsewhere', 'Project stopped', 'No answer']) END,
       opened, opened, CASE WHEN n % 90 = 0 THEN pg_temp.today() END
FROM (
  SELECT *, date_trunc('second', created_at + (pg_temp.today() - created_at) * (pg_temp.roll(n, 156, 100) / 101.0)) AS opened,
         CASE pg_temp.roll(n, 157, 5) WHEN 0 THEN 'lost' WHEN 1 THEN 'won' WHEN 2 THEN 'won' ELSE 'open' END AS status
  FROM planned_contacts WHERE i % 8 = 1
) AS planned
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Orders
INSERT INTO orders (id, organization_id, contact_id, number, status, placed_at, note, created_at, updated_at, currency_code, subtotal, tax,
                    total)
SELECT o.id, o.organization_id, contact_id,
       'O-' || 10000 + row_number() OVER (PARTITION BY organization ORDER BY o.created_at, o.n), status::order_status,
       CASE WHEN status <> 'draft' THEN o.created_at + make_interval(mins => 1 + pg_temp.roll(o.n, 160, 90)) END,
       CASE WHEN pg_temp.roll(o.n, 161, 7) > 0 THEN NULL ELSE pg_temp.pick(o.n, 162, ARRAY['Leave with the neighbour.', 'Call before delivery.',
         'Gift: no invoice in the parcel.', 'Express.', '']) END,
       o.created_at, o.created_at + make_interval(hours => pg_temp.roll(o.n, 163, 72)), currency_code, subtotal, tax, subtotal + tax
FROM planned_orders AS o
JOIN planned_totals ON planned_totals.id = o.id
JOIN planned_organizations AS organization_of ON organization_of.n = o.organization
ORDER BY o.organization, o.created_at
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Order items
INSERT INTO order_items (id, order_id, product_id, position, quantity, unit_price, discount, total)
SELECT pg_temp.key('item', n), order_id, product_id, position, quantity, unit_price, discount, total
FROM planned_items
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Shipments
INSERT INTO shipments (id, order_id, carrier, tracking_number, shipped_at, delivered_at, created_at, updated_at)
SELECT pg_temp.key('shipment', n), id, pg_temp.pick(n, 170, ARRAY['Swift Parcel', 'Blue Line', 'Continental', 'Pigeon Post']),
       CASE WHEN n % 23 = 0 THEN NULL ELSE 'TR' || upper(left(md5('tracking' || n), 12)) END, shipped,
       CASE WHEN status = 'delivered' THEN shipped + make_interval(hours => 20 + pg_temp.roll(n, 171, 60)) END, shipped, shipped
FROM planned_orders, LATERAL (SELECT created_at + make_interval(hours => 4 + pg_temp.roll(n, 172, 40)) AS shipped) AS leaving
WHERE status IN ('shipped', 'delivered') AND n % 3 = 0
ON CONFLICT DO NOTHING;
