-- Said of the database itself, since any table may be changed or dropped later.
SELECT 1 FROM pg_database
WHERE datname = current_database() AND shobj_description(oid, 'pg_database') = 'acme-crm: sample data loaded'
