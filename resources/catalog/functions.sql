-- Functions, procedures and aggregates that are not an extension's. $1: oids of the schemas.
SELECT p.oid,
       p.pronamespace,
       p.proname,
       p.prokind,
       pg_catalog.pg_get_function_identity_arguments(p.oid) AS arguments,
       pg_catalog.pg_get_userbyid(p.proowner) AS owner, -- or owners: NULL AS owner,
       CASE WHEN p.prokind <> 'a' THEN pg_catalog.pg_get_functiondef(p.oid) END AS definition
FROM pg_catalog.pg_proc p
WHERE p.pronamespace = ANY ($1::oid[])
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid
                    AND d.deptype IN ('e', 'i'))
ORDER BY p.pronamespace, p.proname, 5
