-- The server's own tables that this role may not read. A query that names one of them is left out.
SELECT 'pg_catalog.' || c.relname AS name
FROM pg_catalog.pg_class c
WHERE c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace
  AND c.relkind IN ('r', 'v')
  AND NOT pg_catalog.has_table_privilege(c.oid, 'SELECT')
