-- Contacts
INSERT INTO contacts (id, organization_id, name, email, type, is_active, lifetime_value, phone, notes, company_id, owner_id,
                      country_code, source, birthday, custom_fields, created_at, updated_at, deleted_at)
SELECT c.id, c.organization_id, c.name,
       CASE WHEN pg_temp.roll(n, 100, 16) = 0 THEN NULL ELSE
         CASE WHEN row_number() OVER (PARTITION BY organization, mailbox, domain ORDER BY i) = 1 THEN mailbox ELSE mailbox || i END
         || '@' || domain END,
       kind::contact_type, pg_temp.roll(n, 101, 12) > 0, coalesce(turnover, 0),
       CASE WHEN pg_temp.roll(n, 102, 5) = 0 THEN NULL
            ELSE calling_code || ' ' || 20 + pg_temp.roll(n, 103, 70) || ' ' || 1000000 + pg_temp.roll(n, 104, 8999999) END,
       CASE pg_temp.roll(n, 105, 10) WHEN 0 THEN NULL WHEN 1 THEN NULL WHEN 2 THEN NULL WHEN 3 THEN '' WHEN 4 THEN ''
            ELSE pg_temp.pick(n, 106, ARRAY['Met at the spring fair; wants a call in May.', 'Prefers e-mail over calls.',
              'Asks for a discount with every order.', 'Pays late, but always pays.', 'Moved offices; the new address is confirmed.',
              'Interested in the service plan.', 'Referred by a partner.', 'Wants invoices in English.', 'Delivery only before noon.',
              'Decides together with the head of purchasing.', 'Long-time customer; treat with care.', 'Do not call in August.'])
            || CASE WHEN pg_temp.roll(n, 107, 4) = 0 THEN ' ' || pg_temp.pick(n, 108, ARRAY['Budget is set in October.',
              'Compares us with two others.', 'Likes the new catalogue.', 'Has a framework contract until 2027.']) ELSE '' END END,
       company_id,
       CASE WHEN pg_temp.roll(n, 109, 6) = 0 THEN NULL
            ELSE pg_temp.key('user', organization * 1000 + 1 + pg_temp.roll(n, 110, pg_temp.member_count(organization))) END,
       c.country_code,
       CASE WHEN pg_temp.roll(n, 111, 8) = 0 THEN NULL
            ELSE pg_temp.pick(n, 112, ARRAY['web', 'web', 'fair', 'referral', 'newsletter', 'cold call', 'import']) END,
       CASE WHEN kind = 'individual' AND pg_temp.roll(n, 113, 3) = 0 THEN date '1955-01-01' + pg_temp.roll(n, 114, 18000) END,
       CASE pg_temp.roll(n, 115, 6) WHEN 0 THEN jsonb_build_object('language', pg_temp.pick(n, 116, ARRAY['de', 'en', 'fr', 'es']))
            WHEN 1 THEN jsonb_build_object('newsletter', n % 2 = 0, 'rating', 1 + pg_temp.roll(n, 117, 5)) ELSE '{}' END,
       c.created_at, c.created_at + (pg_temp.today() - c.created_at) * (pg_temp.roll(n, 118, 100) / 100.0),
       CASE WHEN pg_temp.roll(n, 119, 45) = 0 THEN date_trunc('second', c.created_at + (pg_temp.today() - c.created_at) * (0.6 + pg_temp.roll(n, 120, 40) / 100.0)) END
FROM planned_contacts AS c
JOIN countries ON countries.code = c.country_code
CROSS JOIN LATERAL (
  SELECT CASE kind WHEN 'individual' THEN pg_temp.mailbox(c.name) ELSE pg_temp.pick(n, 121, ARRAY['info', 'office', 'sales', 'hello']) END
    AS mailbox
) AS mail
LEFT JOIN (
  SELECT contact_id, sum(subtotal + tax) AS turnover
  FROM planned_orders AS o JOIN planned_totals ON planned_totals.id = o.id
  WHERE status IN ('paid', 'shipped', 'delivered') GROUP BY contact_id
) AS bought ON bought.contact_id = c.id
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Addresses
INSERT INTO addresses (id, contact_id, label, street, postal_code, city, country_code, created_at, updated_at)
SELECT pg_temp.key('address', n * 10 + a), id, CASE a WHEN 0 THEN 'billing' ELSE 'delivery' END,
       1 + pg_temp.roll(n, 130 + a, 180) || ' ' || pg_temp.pick(n, 132 + a, ARRAY['Market Street', 'Lindenallee', 'Rue du Port', 'Mill Lane',
         'Via Roma', 'Hauptstraße', 'Canal Road', 'Park Avenue', 'Calle Mayor', 'Dorpsstraat', 'Nádor utca', 'Station Road']),
       CASE WHEN n % 29 = 0 THEN NULL ELSE (10000 + pg_temp.roll(n, 134, 89999))::text END,
       pg_temp.pick(n, 135, ARRAY['Springfield', 'Leipzig', 'Lyon', 'Bristol', 'Torino', 'Graz', 'Utrecht', 'Boston', 'Valencia', 'Aarhus',
         'Kraków', 'Brno', 'Gent', 'Uppsala', 'Portland', 'Basel']), country_code, created_at, created_at
FROM planned_contacts, generate_series(0, CASE WHEN n % 7 = 0 THEN 1 ELSE 0 END) AS a
WHERE kind <> 'individual' OR i % 4 = 0
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Tags
INSERT INTO tags (id, organization_id, name, color, created_at, updated_at)
SELECT pg_temp.key('tag', n * 10 + t), id, tag, color, created_at, created_at
FROM planned_organizations,
     (VALUES (0, 'vip', '#b42318'), (1, 'newsletter', '#0f766e'), (2, 'lead', '#9a5b00'), (3, 'reseller', '#6d28d9'), (4, 'press', '#1a7f45'),
             (5, 'late payer', '#6b7685'), (6, 'spring fair', '#2563eb'), (7, 'beta tester', '#be185d')) AS tag (t, tag, color)
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Tags of contacts
INSERT INTO contact_tags (contact_id, tag_id, tagged_at)
SELECT id, pg_temp.key('tag', organization * 10 + pg_temp.roll(n, 140 + t, 8)), created_at + interval '1 day'
FROM planned_contacts, generate_series(0, 1) AS t
WHERE CASE t WHEN 0 THEN i % 2 = 0 ELSE i % 5 = 0 END
ON CONFLICT DO NOTHING;
