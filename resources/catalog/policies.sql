-- Row-level security policies. $1: oids of the schemas. Role 0 is PUBLIC.
SELECT p.oid,
       p.polrelid,
       p.polname,
       p.polpermissive,
       p.polcmd,
       roles.names AS roles,
       roles.quoted AS quoted_roles,
       pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS using_expression,
       pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS check_expression
FROM pg_catalog.pg_policy p
JOIN pg_catalog.pg_class t ON t.oid = p.polrelid
CROSS JOIN LATERAL (
    SELECT pg_catalog.json_agg(role.name ORDER BY role.name) AS names,
           pg_catalog.string_agg(CASE WHEN role.oid = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(role.name) END, ', '
                                 ORDER BY role.name) AS quoted
    FROM (SELECT member AS oid,
                 CASE WHEN member = 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(member)::text END AS name
          FROM pg_catalog.unnest(p.polroles) AS member) role) roles
WHERE t.relnamespace = ANY ($1::oid[])
ORDER BY p.polrelid, p.polname
