-- The server's own functions that this role may not call. A query that names one of them is left out.
SELECT 'pg_catalog.' || p.proname AS name
FROM pg_catalog.pg_proc p
WHERE p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
  AND p.proacl IS NOT NULL
  AND NOT pg_catalog.has_function_privilege(p.oid, 'EXECUTE')
