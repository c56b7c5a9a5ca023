-- All schemas but the server's own and those of extensions.
SELECT n.oid,
       n.nspname,
       pg_catalog.pg_get_userbyid(n.nspowner) AS owner -- or owners: NULL AS owner
FROM pg_catalog.pg_namespace n
WHERE n.nspname <> 'information_schema'
  AND n.nspname NOT LIKE 'pg\_%'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d -- or members: AND NOT EXISTS (SELECT FROM (SELECT 0 AS classid, NULL::oid AS objid, '' AS deptype) d
                  WHERE d.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.objid = n.oid
                    AND d.deptype = 'e')
ORDER BY n.nspname
