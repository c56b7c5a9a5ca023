-- Contacts: who they are
CREATE TEMPORARY TABLE IF NOT EXISTS planned_contacts AS
SELECT organization, organization_id, i, n, pg_temp.key('contact', n) AS id, kind,
       CASE WHEN kind = 'individual' THEN pg_temp.first_name(n) || ' ' || pg_temp.last_name(n) ELSE pg_temp.firm_name(n) END AS name,
       CASE WHEN kind = 'individual' AND company IS NOT NULL THEN pg_temp.key('contact', company) END AS company_id,
       CASE WHEN kind <> 'individual' THEN pg_temp.domain(pg_temp.firm_name(n))
            WHEN company IS NOT NULL THEN pg_temp.domain(pg_temp.firm_name(company))
            ELSE pg_temp.pick(n, 62, ARRAY['example.com', 'example.org', 'example.net', 'post.example', 'mail.example']) END AS domain,
       pg_temp.days_ago(1 + floor(729 * power(pg_temp.roll(n, 60, 1000000)::float8 / 1000000, 1.3))::integer, n, 61) AS created_at,
       CASE WHEN pg_temp.roll(n, 64, 10) < 7 THEN o.country_code
            ELSE pg_temp.pick(n, 65, ARRAY['DE', 'FR', 'US', 'GB', 'NL', 'ES', 'IT', 'AT', 'CH', 'SE', 'PL', 'CZ']) END AS country_code
FROM (SELECT n AS organization, id AS organization_id, country_code FROM planned_organizations) AS o
CROSS JOIN LATERAL generate_series(1, pg_temp.contact_count(organization)) AS i
CROSS JOIN LATERAL (SELECT organization * 100000 + i AS n) AS numbered
CROSS JOIN LATERAL (
  SELECT CASE WHEN i % 9 = 0 THEN 'company' WHEN i % 23 = 5 THEN 'partner' ELSE 'individual' END AS kind,
         CASE WHEN pg_temp.roll(n, 63, 10) < 4
              THEN organization * 100000 + 9 * (1 + pg_temp.roll(n, 66, pg_temp.contact_count(organization) / 9)) END AS company
) AS role;
--> statement-breakpoint
-- Orders: who orders when
CREATE TEMPORARY TABLE IF NOT EXISTS planned_orders AS
SELECT c.organization, c.organization_id, c.id AS contact_id, wish.n, pg_temp.key('order', wish.n) AS id,
       moment.created_at,
       CASE WHEN moment.created_at > pg_temp.today() - interval '2 days' THEN CASE WHEN lot < 50 THEN 'draft' ELSE 'placed' END
            WHEN moment.created_at > pg_temp.today() - interval '10 days' THEN
              CASE WHEN lot < 40 THEN 'placed' WHEN lot < 75 THEN 'paid' WHEN lot < 95 THEN 'shipped' ELSE 'cancelled' END
            WHEN lot < 74 THEN 'delivered' WHEN lot < 83 THEN 'cancelled' WHEN lot < 89 THEN 'paid' WHEN lot < 92 THEN 'shipped'
            WHEN lot < 95 THEN 'refunded' WHEN lot < 98 THEN 'placed' ELSE 'draft' END AS status
FROM (
  SELECT o.n AS organization, o.n * 1000000 + i AS n, pg_temp.roll(o.n * 1000000 + i, 70, 100) AS lot,
         pg_temp.roll(o.n * 1000000 + i, 72, 1000000)::float8 / 1000000 AS part,
         1 + floor(pg_temp.contact_count(o.n) * power(pg_temp.roll(o.n * 1000000 + i, 71, 1000000)::float8 / 1000000, 1.5))::integer AS contact
  FROM planned_organizations AS o, generate_series(1, pg_temp.contact_count(o.n) * 16 / 10) AS i
) AS wish
JOIN planned_contacts AS c ON c.organization = wish.organization AND c.i = wish.contact
CROSS JOIN LATERAL (
  SELECT date_trunc('second', c.created_at + (pg_temp.today() - c.created_at) * wish.part) AS created_at
) AS moment;
--> statement-breakpoint
-- Order items: what is ordered
CREATE TEMPORARY TABLE IF NOT EXISTS planned_items AS
SELECT item.*, round(quantity * unit_price * (100 - discount) / 100, 2) AS total
FROM (
  SELECT o.id AS order_id, o.n::bigint * 10 + position AS n, position, p.id AS product_id, p.price AS unit_price, p.licensed,
         CASE WHEN pg_temp.roll(o.n * 10 + position, 80, 10) < 6 THEN 1 ELSE 1 + pg_temp.roll(o.n * 10 + position, 81, 12) END AS quantity,
         (CASE pg_temp.roll(o.n * 10 + position, 82, 12) WHEN 0 THEN 5 WHEN 1 THEN 10 WHEN 2 THEN 15 ELSE 0 END)::numeric(5, 2) AS discount
  FROM planned_orders AS o
  CROSS JOIN LATERAL generate_series(1, 1 + pg_temp.roll(o.n, 83, 5)) AS position
  JOIN planned_products AS p
    ON p.n = o.organization * 1000 + 1 + pg_temp.roll(o.n * 10 + position, 84, pg_temp.product_count(o.organization))
) AS item;
--> statement-breakpoint
-- Order totals
CREATE TEMPORARY TABLE IF NOT EXISTS planned_totals AS
SELECT o.id, subtotal, round(subtotal * tax_percent / 100, 2) AS tax
FROM (SELECT order_id, sum(total) AS subtotal FROM planned_items GROUP BY order_id) AS sums
JOIN planned_orders AS o ON o.id = order_id
JOIN planned_organizations ON planned_organizations.n = o.organization;
--> statement-breakpoint
-- Fewer samples: a third of the time
SET default_statistics_target = 30;
--> statement-breakpoint
-- Statistics of what is planned
ANALYZE planned_organizations, planned_users, planned_products, planned_contacts, planned_orders, planned_items, planned_totals;
