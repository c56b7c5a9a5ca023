-- Definitions and options of views; their columns come with the relations. $1: oids of the schemas.
SELECT n.nspname,
       c.relname,
       pg_catalog.pg_get_viewdef(c.oid, true) AS definition,
       pg_catalog.to_json(coalesce(c.reloptions, '{}')) AS options
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relnamespace = ANY ($1::oid[])
  AND c.relkind IN ('v', 'm')
ORDER BY n.nspname, c.relname
