-- Row-level security policies. $1: oids of the schemas. Role 0 is PUBLIC.
SELECT n.nspname,
       t.relname AS table_name,
       p.polname,
       p.polpermissive,
       p.polcmd,
       (SELECT pg_catalog.json_agg(role.name ORDER BY role.name)
        FROM (SELECT CASE WHEN member = 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(member)::text END AS name
              FROM pg_catalog.unnest(p.polroles) AS member) role) AS roles,
       pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS using_expression,
       pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS check_expression
FROM pg_catalog.pg_policy p
JOIN pg_catalog.pg_class t ON t.oid = p.polrelid
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
WHERE t.relnamespace = ANY ($1::oid[])
ORDER BY n.nspname, t.relname, p.polname
