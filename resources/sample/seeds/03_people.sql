-- People who are to be members
CREATE TEMPORARY TABLE IF NOT EXISTS planned_users AS
SELECT o.n AS organization, o.id AS organization_id, i, o.n * 1000 + i AS n, pg_temp.key('user', o.n * 1000 + i) AS id, name,
       CASE WHEN row_number() OVER (PARTITION BY o.n, pg_temp.mailbox(name) ORDER BY i) = 1 THEN pg_temp.mailbox(name)
            ELSE pg_temp.mailbox(name) || i END || '@' || slug || '.example' AS email,
       o.created_at + make_interval(days => pg_temp.roll(o.n * 1000 + i, 20, 500)) AS created_at
FROM planned_organizations AS o, generate_series(1, pg_temp.member_count(o.n)) AS i,
     LATERAL (SELECT pg_temp.first_name(o.n * 1000 + i) || ' ' || pg_temp.last_name(o.n * 1000 + i) AS name) AS person;
--> statement-breakpoint
-- Users
INSERT INTO users (id, email, name, password_hash, locale, last_seen_at, is_active, created_at, updated_at, deleted_at)
SELECT id, email, name, CASE WHEN n % 9 = 0 THEN NULL ELSE 'scrypt$' || md5('password' || n) END,
       pg_temp.pick(n, 21, ARRAY['en', 'en', 'de', 'fr', 'es', 'pl']),
       CASE WHEN n % 17 = 0 THEN NULL ELSE pg_temp.days_ago(1 + pg_temp.roll(n, 22, 45), n, 23) END, n % 31 <> 0,
       created_at, created_at, CASE WHEN n % 31 = 0 THEN pg_temp.days_ago(pg_temp.roll(n, 24, 60), n, 25) END
FROM planned_users
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Memberships
INSERT INTO memberships (id, organization_id, user_id, role, job_title, created_at, updated_at)
SELECT pg_temp.key('membership', n), organization_id, id,
       (CASE i WHEN 1 THEN 'owner' WHEN 2 THEN 'admin' WHEN 3 THEN 'manager'
        ELSE pg_temp.pick(n, 26, ARRAY['member', 'member', 'member', 'manager', 'viewer']) END)::member_role,
       CASE WHEN n % 6 = 0 THEN NULL ELSE pg_temp.pick(n, 27, ARRAY['Account manager', 'Head of sales', 'Support agent',
         'Accountant', 'Field sales', 'Office manager', 'Marketing', 'Developer', 'Managing director']) END,
       created_at, created_at
FROM planned_users
UNION ALL -- Consultants who help a second organization.
SELECT pg_temp.key('guest', n), pg_temp.key('organization', 1 + organization % 50), id, 'viewer', 'Consultant', created_at, created_at
FROM planned_users WHERE i = 5
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Team members
INSERT INTO team_members (team_id, user_id, is_lead, joined_at)
SELECT teams.id, users.id, i <= 4, users.created_at
FROM planned_users AS users JOIN teams ON teams.id = pg_temp.key('team', organization * 10 + i % 4)
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Invitations
INSERT INTO invitations (id, organization_id, email, role, token, invited_by_id, expires_at, accepted_at, created_at, updated_at)
SELECT pg_temp.key('invitation', n), organization_id, 'new.' || email, 'member', md5('token' || n), pg_temp.key('user', organization * 1000 + 1),
       day + interval '14 days', CASE WHEN n % 3 = 0 THEN NULL ELSE day + interval '1 day' END, day, day
FROM planned_users, LATERAL (SELECT pg_temp.days_ago(3 + pg_temp.roll(n, 28, 200), n, 29) AS day) AS sent
WHERE n % 4 = 0
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- API keys
INSERT INTO api_keys (id, organization_id, created_by_id, name, prefix, secret_hash, scopes, last_used_at, revoked_at, created_at, updated_at)
SELECT pg_temp.key('api key', n * 10 + k), id, pg_temp.key('user', n * 1000 + 2), pg_temp.pick(n * 10 + k, 30, ARRAY['Web shop', 'Accounting',
         'Newsletter', 'Warehouse', 'Nightly export']), 'ak_' || left(md5('prefix' || n * 10 + k), 8), md5('secret' || n * 10 + k),
       CASE k WHEN 0 THEN '{contacts:read,orders:write}' ELSE '{contacts:read}' END::text[],
       CASE WHEN n % 5 = 0 THEN NULL ELSE pg_temp.days_ago(1 + pg_temp.roll(n, 31, 9), n, 32) END,
       CASE WHEN k = 1 AND n % 4 = 0 THEN pg_temp.days_ago(20 + k, n, 33) END, created_at, created_at
FROM planned_organizations, generate_series(0, CASE WHEN n <= 20 THEN 1 ELSE 0 END) AS k
ON CONFLICT DO NOTHING;
