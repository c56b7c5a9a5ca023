-- Currencies
INSERT INTO currencies (code, name, symbol, minor_units) VALUES
  ('EUR', 'Euro', '€', 2),
  ('USD', 'US dollar', '$', 2),
  ('GBP', 'Pound sterling', '£', 2),
  ('CHF', 'Swiss franc', 'CHF', 2),
  ('SEK', 'Swedish krona', 'kr', 2),
  ('DKK', 'Danish krone', 'kr', 2),
  ('NOK', 'Norwegian krone', 'kr', 2),
  ('PLN', 'Polish złoty', 'zł', 2),
  ('CZK', 'Czech koruna', 'Kč', 2),
  ('HUF', 'Hungarian forint', 'Ft', 2),
  ('JPY', 'Japanese yen', '¥', 0),
  ('CAD', 'Canadian dollar', '$', 2)
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Countries
INSERT INTO countries (code, name, calling_code, currency_code, in_european_union) VALUES
  ('AT', 'Austria', '+43', 'EUR', true), ('BE', 'Belgium', '+32', 'EUR', true),
  ('CA', 'Canada', '+1', 'CAD', false), ('CH', 'Switzerland', '+41', 'CHF', false),
  ('CZ', 'Czechia', '+420', 'CZK', true), ('DE', 'Germany', '+49', 'EUR', true),
  ('DK', 'Denmark', '+45', 'DKK', true), ('ES', 'Spain', '+34', 'EUR', true),
  ('FI', 'Finland', '+358', 'EUR', true), ('FR', 'France', '+33', 'EUR', true),
  ('GB', 'United Kingdom', '+44', 'GBP', false), ('GR', 'Greece', '+30', 'EUR', true),
  ('HU', 'Hungary', '+36', 'HUF', true), ('IE', 'Ireland', '+353', 'EUR', true),
  ('IT', 'Italy', '+39', 'EUR', true), ('JP', 'Japan', '+81', 'JPY', false),
  ('NL', 'Netherlands', '+31', 'EUR', true), ('NO', 'Norway', '+47', 'NOK', false),
  ('PL', 'Poland', '+48', 'PLN', true), ('PT', 'Portugal', '+351', 'EUR', true),
  ('SE', 'Sweden', '+46', 'SEK', true), ('SI', 'Slovenia', '+386', 'EUR', true),
  ('SK', 'Slovakia', '+421', 'EUR', true), ('US', 'United States', '+1', 'USD', false)
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Plans
INSERT INTO plans (id, name, monthly_price, seats, features, limits, is_public, created_at, updated_at)
SELECT id, name, price, seats, features::text[], limits::jsonb, is_public, timestamptz '2024-10-07 09:00+00',
       timestamptz '2024-10-07 09:00+00'
FROM (VALUES
  (1, 'Free', 0.00, 3, '{contacts}', '{"contacts": 1000}', true),
  (2, 'Starter', 29.00, 10, '{contacts,orders}', '{"contacts": 5000, "orders": 20000}', true),
  (3, 'Team', 99.00, 40, '{contacts,orders,billing,api}', '{"contacts": 50000}', true),
  (4, 'Business', 299.00, 200, '{contacts,orders,billing,api,sso,audit}', '{}', true),
  (5, 'Pioneer', 49.00, NULL, '{contacts,orders,billing}', '{"contacts": 20000}', false)
) AS plan (id, name, price, seats, features, limits, is_public)
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Exchange rates
INSERT INTO exchange_rates (base, quote, day, rate)
SELECT 'EUR', code, (pg_temp.today() AT TIME ZONE 'UTC')::date - back,
       round((middle * (1 + 0.03 * sin((back + ord * 40) / 55.0)))::numeric, 6)
FROM (VALUES ('USD', 1.09, 1), ('GBP', 0.86, 2), ('CHF', 0.95, 3), ('SEK', 11.3, 4), ('DKK', 7.46, 5), ('NOK', 11.6, 6),
             ('PLN', 4.28, 7), ('CZK', 25.1, 8), ('HUF', 395.0, 9), ('JPY', 162.0, 10), ('CAD', 1.49, 11)
     ) AS currency (code, middle, ord),
     generate_series(0, 730) AS back
ON CONFLICT DO NOTHING;
