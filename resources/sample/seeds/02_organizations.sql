-- Organizations
INSERT INTO organizations (id, name, slug, plan_id, country_code, currency_code, is_active, settings, created_at, updated_at,
                           deleted_at)
SELECT pg_temp.key('organization', n), organization.name, regexp_replace(pg_temp.mailbox(organization.name), '[^a-z0-9]+', '-', 'g'),
       CASE WHEN n <= 6 THEN 4 WHEN n <= 20 THEN 3 WHEN n % 7 = 0 THEN 5 WHEN n % 5 = 0 THEN 1 ELSE 2 END,
       country, countries.currency_code, n <> 47,
       jsonb_build_object('locale', locale, 'timeZone', zone) ||
         CASE WHEN n % 3 = 0 THEN '{}' ELSE jsonb_build_object('invoicePrefix', upper(left(organization.name, 3))) END,
       pg_temp.days_ago(731 + n, n, 11), pg_temp.days_ago(pg_temp.roll(n, 12, 300), n, 13),
       CASE n WHEN 47 THEN timestamptz '2026-08-31 16:00+00' END
FROM (VALUES
  (1, 'Globex', 'US', 'en-US', 'America/New_York'), (2, 'Initech', 'US', 'en-US', 'America/Chicago'),
  (3, 'Nordlicht Handel', 'DE', 'de-DE', 'Europe/Berlin'), (4, 'Vandelay Imports', 'US', 'en-US', 'America/New_York'),
  (5, 'Maison Lumière', 'FR', 'fr-FR', 'Europe/Paris'), (6, 'Umbra Optics', 'GB', 'en-GB', 'Europe/London'),
  (7, 'Hooli', 'US', 'en-US', 'America/Los_Angeles'), (8, 'Contoso', 'US', 'en-US', 'America/Los_Angeles'),
  (9, 'Fabrikam', 'CA', 'en-CA', 'America/Toronto'), (10, 'Northwind Traders', 'US', 'en-US', 'America/Denver'),
  (11, 'Alpine Werkzeuge', 'AT', 'de-AT', 'Europe/Vienna'), (12, 'Tivoli Coffee', 'DK', 'da-DK', 'Europe/Copenhagen'),
  (13, 'Lisboa Tecidos', 'PT', 'pt-PT', 'Europe/Lisbon'), (14, 'Wawel Druk', 'PL', 'pl-PL', 'Europe/Warsaw'),
  (15, 'Kanal Brewing', 'NL', 'nl-NL', 'Europe/Amsterdam'), (16, 'Duna Software', 'HU', 'hu-HU', 'Europe/Budapest'),
  (17, 'Fjellhus', 'NO', 'nb-NO', 'Europe/Oslo'), (18, 'Casa Naranja', 'ES', 'es-ES', 'Europe/Madrid'),
  (19, 'Helvetia Präzision', 'CH', 'de-CH', 'Europe/Zurich'), (20, 'Soylent Foods', 'US', 'en-US', 'America/New_York'),
  (21, 'Kelly & Daughters', 'IE', 'en-IE', 'Europe/Dublin'), (22, 'Bottega Verde Acqua', 'IT', 'it-IT', 'Europe/Rome'),
  (23, 'Smetana Audio', 'CZ', 'cs-CZ', 'Europe/Prague'), (24, 'Aalto Interiors', 'FI', 'fi-FI', 'Europe/Helsinki'),
  (25, 'Wonka Sweets', 'GB', 'en-GB', 'Europe/London'), (26, 'Sakura Instruments', 'JP', 'ja-JP', 'Asia/Tokyo'),
  (27, 'Meuse Logistics', 'BE', 'fr-BE', 'Europe/Brussels'), (28, 'Stromberg Versicherung', 'DE', 'de-DE', 'Europe/Berlin'),
  (29, 'Gringott Advisory', 'GB', 'en-GB', 'Europe/London'), (30, 'Aegean Yachts', 'GR', 'el-GR', 'Europe/Athens'),
  (31, 'Malmö Cykel', 'SE', 'sv-SE', 'Europe/Stockholm'), (32, 'Pied Piper', 'US', 'en-US', 'America/Los_Angeles'),
  (33, 'Bohemia Glass', 'CZ', 'cs-CZ', 'Europe/Prague'), (34, 'Tatra Outdoor', 'SK', 'sk-SK', 'Europe/Bratislava'),
  (35, 'Cyberdyne Robotics', 'US', 'en-US', 'America/Los_Angeles'), (36, 'Hafen Apotheke', 'DE', 'de-DE', 'Europe/Berlin'),
  (37, 'Ljubljana Roasters', 'SI', 'sl-SI', 'Europe/Ljubljana'), (38, 'Prestige Worldwide', 'US', 'en-US', 'America/Denver'),
  (39, 'Atelier Brun', 'FR', 'fr-FR', 'Europe/Paris'), (40, 'Dunder Paper', 'US', 'en-US', 'America/New_York'),
  (41, 'Montréal Médical', 'CA', 'fr-CA', 'America/Toronto'), (42, 'Deep Thought Computing', 'GB', 'en-GB', 'Europe/London'),
  (43, 'Zuider Bloemen', 'NL', 'nl-NL', 'Europe/Amsterdam'), (44, 'Monks Coffee Shop', 'US', 'en-US', 'America/New_York'),
  (45, 'Porto Ceramica', 'PT', 'pt-PT', 'Europe/Lisbon'), (46, 'Weyland Energy', 'GB', 'en-GB', 'Europe/London'),
  (47, 'Blumen Sommer', 'AT', 'de-AT', 'Europe/Vienna'), (48, 'Gdańsk Yards', 'PL', 'pl-PL', 'Europe/Warsaw'),
  (49, 'Oscorp Materials', 'US', 'en-US', 'America/New_York'), (50, 'Zorg Pottery', 'NO', 'nb-NO', 'Europe/Oslo')
) AS organization (n, name, country, locale, zone)
JOIN countries ON countries.code = country
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Organizations in order, for the files that follow
CREATE TEMPORARY TABLE IF NOT EXISTS planned_organizations AS
SELECT n::integer AS n, id, slug, organizations.currency_code, country_code, organizations.created_at,
       CASE WHEN country_code IN ('US', 'CA') THEN 0.00 WHEN country_code = 'CH' THEN 8.10 WHEN country_code = 'JP' THEN 10.00
            WHEN country_code IN ('GB', 'FR', 'AT', 'SK') THEN 20.00 WHEN country_code = 'DE' THEN 19.00
            WHEN country_code IN ('SE', 'DK', 'NO') THEN 25.00 WHEN country_code = 'HU' THEN 27.00 ELSE 21.00 END AS tax_percent
FROM generate_series(1, 50) AS n JOIN organizations ON organizations.id = pg_temp.key('organization', n);
--> statement-breakpoint
-- Domains
INSERT INTO organization_domains (id, organization_id, domain, verified_at, created_at, updated_at)
SELECT pg_temp.key('domain', n * 10 + d), id, CASE d WHEN 0 THEN slug || '.example' ELSE slug || '-shop.example' END,
       CASE WHEN d = 1 AND n % 4 = 0 THEN NULL ELSE created_at + interval '2 days' END, created_at, created_at
FROM planned_organizations, generate_series(0, CASE WHEN n % 2 = 0 THEN 1 ELSE 0 END) AS d
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Teams
INSERT INTO teams (id, organization_id, name, description, is_default, created_at, updated_at)
SELECT pg_temp.key('team', n * 10 + t), id, team, NULLIF(about, ''), t = 0, created_at, created_at
FROM planned_organizations,
     (VALUES (0, 'Sales', 'Leads, offers and orders'), (1, 'Support', 'Tickets and returns'), (2, 'Finance', ''),
             (3, 'Key accounts', 'The twenty largest customers')) AS team (t, team, about)
WHERE t < 2 OR n < 25
ON CONFLICT DO NOTHING;
