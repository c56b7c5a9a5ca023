-- Tax rates
INSERT INTO tax_rates (id, organization_id, country_code, name, percent, is_default, created_at, updated_at)
SELECT pg_temp.key('tax', n * 10 + r), id, country_code, CASE r WHEN 0 THEN 'Standard' ELSE 'Reduced' END,
       CASE r WHEN 0 THEN tax_percent ELSE round(tax_percent / 2, 1) END, r = 0, created_at, created_at
FROM planned_organizations, generate_series(0, 1) AS r
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Invoices: of the larger orders
CREATE TEMPORARY TABLE IF NOT EXISTS planned_invoices AS
SELECT o.*, pg_temp.key('invoice', o.n) AS invoice_id, subtotal + tax AS total, currency_code,
       (o.created_at + interval '1 day')::date AS issued_on,
       (o.created_at + interval '1 day')::date + CASE WHEN o.n % 4 = 0 THEN 30 ELSE 14 END AS due_on,
       CASE WHEN status IN ('paid', 'shipped', 'delivered') AND pg_temp.roll(o.n, 180, 25) > 0
            THEN o.created_at + make_interval(hours => 30 + pg_temp.roll(o.n, 181, 500)) END AS paid_at
FROM planned_orders AS o JOIN planned_totals ON planned_totals.id = o.id
JOIN planned_organizations AS organization_of ON organization_of.n = o.organization
WHERE status NOT IN ('draft', 'cancelled') AND subtotal >= 1800;
--> statement-breakpoint
-- Invoices
INSERT INTO invoices (id, organization_id, order_id, contact_id, number, status, currency_code, total, issued_on, due_on, paid_at,
                      created_at, updated_at)
SELECT invoice_id, organization_id, id, contact_id,
       to_char(issued_on, 'YYYY') || '-' || 1000 + row_number() OVER (PARTITION BY organization ORDER BY issued_on, n),
       (CASE WHEN status = 'refunded' THEN 'void' WHEN paid_at < pg_temp.today() THEN 'paid' WHEN due_on < pg_temp.today()::date THEN 'overdue'
             ELSE 'sent' END)::invoice_status,
       currency_code, total, issued_on, due_on, CASE WHEN paid_at < pg_temp.today() THEN paid_at END,
       created_at + interval '1 day', created_at + interval '2 days'
FROM planned_invoices
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Invoice lines
INSERT INTO invoice_lines (id, invoice_id, position, description, quantity, unit_price, tax_rate_id, total)
SELECT pg_temp.key('line', items.n), invoice_id, position, products.name, quantity, unit_price, pg_temp.key('tax', organization * 10), items.total
FROM planned_invoices JOIN planned_items AS items ON items.order_id = planned_invoices.id
JOIN products ON products.id = items.product_id
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Payments: some in two parts
INSERT INTO payments (id, organization_id, invoice_id, method, amount, reference, paid_at, created_at, updated_at)
SELECT pg_temp.key('payment', n * 10 + part), organization_id, invoice_id,
       pg_temp.pick(n, 190, ARRAY['transfer', 'transfer', 'card', 'direct_debit', 'paypal'])::payment_method,
       CASE WHEN parts = 1 THEN total WHEN part = 1 THEN round(total / 2, 2) ELSE total - round(total / 2, 2) END,
       CASE WHEN n % 6 = 0 THEN NULL ELSE 'RF' || upper(left(md5('payment' || n), 10)) END, paid, paid, paid
FROM planned_invoices
CROSS JOIN LATERAL (SELECT CASE WHEN pg_temp.roll(n, 191, 12) = 0 THEN 2 ELSE 1 END AS parts) AS divided
CROSS JOIN LATERAL generate_series(1, parts) AS part
CROSS JOIN LATERAL (SELECT paid_at - make_interval(hours => 20 * (parts - part)) AS paid) AS moment
WHERE paid_at < pg_temp.today() AND status <> 'refunded'
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Subscriptions
INSERT INTO subscriptions (id, organization_id, plan_id, interval, seats, started_on, ended_on, created_at, updated_at)
SELECT pg_temp.key('subscription', n * 10 + s), planned.id, CASE s WHEN 0 THEN 1 ELSE plan_id END,
       (CASE WHEN n % 3 = 0 THEN 'year' ELSE 'month' END)::billing_interval, pg_temp.member_count(n),
       planned.created_at::date + CASE s WHEN 0 THEN 0 ELSE 30 END, CASE s WHEN 0 THEN planned.created_at::date + 30 END,
       planned.created_at, planned.created_at
FROM planned_organizations AS planned JOIN organizations ON organizations.id = planned.id
CROSS JOIN generate_series(0, 1) AS s
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Licenses
INSERT INTO licenses (id, organization_id, contact_id, product_id, order_id, key, status, seats, expires_at, created_at, updated_at)
SELECT pg_temp.key('license', items.n), organization_id, contact_id, product_id, orders.id,
       upper(substr(code, 1, 5) || '-' || substr(code, 6, 5) || '-' || substr(code, 11, 5) || '-' || substr(code, 16, 5)),
       (CASE WHEN items.n % 37 = 0 THEN 'revoked' WHEN items.n % 29 = 0 THEN 'suspended' WHEN ends < pg_temp.today() THEN 'expired'
             ELSE 'active' END)::license_status,
       quantity, ends, orders.created_at, orders.created_at
FROM planned_orders AS orders JOIN planned_items AS items ON items.order_id = orders.id
CROSS JOIN LATERAL (
  SELECT md5('license' || items.n) AS code, CASE WHEN items.n % 13 = 0 THEN NULL ELSE orders.created_at + interval '1 year' END AS ends
) AS made
WHERE licensed AND status IN ('paid', 'shipped', 'delivered') AND items.n % 3 = 0
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- License activations
INSERT INTO license_activations (id, license_id, device, fingerprint, activated_at, deactivated_at)
SELECT pg_temp.key('activation', n * 10 + a), licenses.id,
       pg_temp.pick(n, 200 + a, ARRAY['office-pc', 'laptop', 'till', 'workstation', 'build-server']) || '-' || 1 + pg_temp.roll(n, 210 + a, 60),
       md5('device' || n * 10 + a), licenses.created_at + make_interval(days => a),
       CASE WHEN (n + a) % 9 = 0 THEN licenses.created_at + interval '90 days' END
FROM planned_items CROSS JOIN LATERAL generate_series(1, least(quantity, 2)) AS a
JOIN licenses ON licenses.id = pg_temp.key('license', n)
WHERE licensed AND n % 3 = 0
ON CONFLICT DO NOTHING;
