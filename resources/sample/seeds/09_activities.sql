-- Activities
INSERT INTO activities (id, organization_id, contact_id, user_id, kind, subject, body, duration_minutes, happened_at, created_at, updated_at)
SELECT pg_temp.key('activity', m), organization_id, id,
       CASE WHEN m % 12 = 0 THEN NULL ELSE pg_temp.key('user', organization * 1000 + 1 + pg_temp.roll(m, 220, pg_temp.member_count(organization))) END,
       made.kind::activity_kind,
       CASE made.kind WHEN 'call' THEN 'Call about ' WHEN 'email' THEN 'Re: ' WHEN 'meeting' THEN 'Meeting: ' WHEN 'visit' THEN 'Visit: ' ELSE '' END ||
         pg_temp.pick(m, 221, ARRAY['the open offer', 'delivery dates', 'a complaint', 'the new catalogue', 'renewal', 'prices for 2026', 'an invoice']),
       CASE pg_temp.roll(m, 222, 5) WHEN 0 THEN NULL WHEN 1 THEN '' ELSE pg_temp.pick(m, 223, ARRAY['Will decide next week.', 'Left a message.',
         'Asked for a second offer.', 'All questions answered.', 'Wants to see a demo first.', 'Forwarded to finance.']) END,
       CASE WHEN made.kind IN ('call', 'meeting', 'visit') THEN 5 * (1 + pg_temp.roll(m, 224, 18)) END, happened, happened, happened
FROM planned_contacts
CROSS JOIN LATERAL generate_series(1, pg_temp.roll(n, 225, 4)) AS a
CROSS JOIN LATERAL (SELECT n::bigint * 10 + a AS m) AS numbered
CROSS JOIN LATERAL (
  SELECT pg_temp.pick(m, 226, ARRAY['call', 'call', 'email', 'email', 'email', 'meeting', 'note', 'visit']) AS kind,
         date_trunc('minute', created_at + (pg_temp.today() - created_at) * (pg_temp.roll(m, 227, 1000) / 1000.0)) AS happened
) AS made
WHERE n % 5 < 4
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Attachments
INSERT INTO attachments (id, activity_id, file_name, content_type, size_in_bytes, checksum, created_at, updated_at)
SELECT pg_temp.key('attachment', m), activities.id, file || '.' || type, CASE type WHEN 'pdf' THEN 'application/pdf' ELSE 'image/png' END,
       20000 + pg_temp.roll(m, 230, 4000000), CASE WHEN m % 5 > 0 THEN md5('file' || m) || md5('content' || m) END, activities.created_at,
       activities.created_at
FROM planned_contacts
CROSS JOIN LATERAL (SELECT n::bigint * 10 + 1 AS m) AS numbered
CROSS JOIN LATERAL (
  SELECT pg_temp.pick(m, 231, ARRAY['offer', 'contract', 'plan', 'photo', 'minutes']) AS file, CASE WHEN m % 3 = 0 THEN 'png' ELSE 'pdf' END AS type
) AS made
JOIN activities ON activities.id = pg_temp.key('activity', m)
WHERE i % 11 = 0
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Tasks
INSERT INTO tasks (id, organization_id, contact_id, assignee_id, title, details, priority, due_on, done_at, created_at, updated_at)
SELECT pg_temp.key('task', n), organization_id, CASE WHEN n % 10 = 0 THEN NULL ELSE id END,
       CASE WHEN n % 8 = 0 THEN NULL ELSE pg_temp.key('user', organization * 1000 + 1 + pg_temp.roll(n, 240, pg_temp.member_count(organization))) END,
       pg_temp.pick(n, 241, ARRAY['Call back', 'Send offer', 'Check delivery', 'Ask for feedback', 'Prepare renewal', 'Correct address']),
       CASE WHEN n % 3 = 0 THEN NULL ELSE pg_temp.pick(n, 242, ARRAY['Before the end of the month.', 'See the last e-mail.', '']) END,
       pg_temp.pick(n, 243, ARRAY['low', 'normal', 'normal', 'normal', 'high', 'urgent'])::priority,
       CASE WHEN n % 7 = 0 THEN NULL ELSE (day + interval '10 days')::date END,
       CASE WHEN pg_temp.roll(n, 244, 4) > 0 THEN day + interval '6 days' END, day, day
FROM planned_contacts, LATERAL (SELECT pg_temp.days_ago(7 + pg_temp.roll(n, 245, 360), n, 246) AS day) AS made
WHERE i % 6 = 2
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Tickets
INSERT INTO tickets (id, organization_id, contact_id, assignee_id, number, subject, status, priority, satisfaction, solved_at, created_at, updated_at)
SELECT pg_temp.key('ticket', n), organization_id, id,
       CASE WHEN n % 9 = 0 THEN NULL ELSE pg_temp.key('user', organization * 1000 + 1 + pg_temp.roll(n, 250, pg_temp.member_count(organization))) END,
       'T-' || 1000 + row_number() OVER (PARTITION BY organization ORDER BY day, n),
       pg_temp.pick(n, 251, ARRAY['Parcel damaged', 'Wrong item', 'Cannot sign in', 'Invoice is missing', 'Activation fails', 'Question about warranty']),
       status::ticket_status, pg_temp.pick(n, 252, ARRAY['low', 'normal', 'normal', 'high', 'urgent'])::priority,
       CASE WHEN status IN ('solved', 'closed') AND n % 3 = 0 THEN 1 + pg_temp.roll(n, 253, 5) END,
       CASE WHEN status IN ('solved', 'closed') THEN day + make_interval(hours => 2 + pg_temp.roll(n, 254, 90)) END, day, day
FROM (
  SELECT *, pg_temp.days_ago(6 + pg_temp.roll(n, 255, 500), n, 256) AS day,
         pg_temp.pick(n, 257, ARRAY['open', 'waiting', 'solved', 'solved', 'closed', 'closed', 'closed']) AS status
  FROM planned_contacts WHERE i % 10 = 3
) AS planned
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Messages of tickets
INSERT INTO ticket_messages (id, ticket_id, author_id, body, is_internal, sent_at)
SELECT pg_temp.key('message', n * 10 + m), tickets.id, CASE WHEN m % 2 = 1 THEN NULL ELSE assignee_id END,
       CASE WHEN m % 2 = 1 THEN pg_temp.pick(n, 260 + m, ARRAY['Please help.', 'It still does not work.', 'See the photo.', 'Thank you, solved.'])
            ELSE pg_temp.pick(n, 270 + m, ARRAY['We have sent a new one.', 'Could you tell us the order number?', 'Please try again now.']) END,
       m = 4, tickets.created_at + make_interval(hours => m * 3)
FROM planned_contacts CROSS JOIN LATERAL generate_series(1, 1 + pg_temp.roll(n, 280, 4)) AS m
JOIN tickets ON tickets.id = pg_temp.key('ticket', n)
WHERE i % 10 = 3
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- Audit events
INSERT INTO audit_events (id, organization_id, user_id, action, table_name, row_id, changes, address, happened_at)
SELECT row_number() OVER (ORDER BY happened, n), organization_id,
       pg_temp.key('user', organization * 1000 + 1 + pg_temp.roll(n, 290, pg_temp.member_count(organization))),
       pg_temp.pick(n, 291, ARRAY['update', 'update', 'export', 'merge']), 'contacts', id,
       CASE WHEN n % 2 = 0 THEN jsonb_build_object('is_active', jsonb_build_array(n % 4 = 0, n % 4 <> 0)) END,
       ('10.' || organization || '.' || pg_temp.roll(n, 292, 250) || '.' || 1 + pg_temp.roll(n, 293, 250))::inet, happened
FROM (
  SELECT *, date_trunc('second', created_at + (pg_temp.today() - created_at) * (pg_temp.roll(n, 294, 1000) / 1000.0)) AS happened
  FROM planned_contacts WHERE i % 3 = 1
) AS planned
ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- The next audit event comes after these
SELECT setval(pg_get_serial_sequence('audit_events', 'id'), (SELECT max(id) FROM audit_events));
