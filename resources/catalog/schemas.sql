-- The schemas to read. $1: their names; an empty array means all but the server's own and the ledger's.
SELECT n.oid, n.nspname
FROM pg_catalog.pg_namespace n
WHERE CASE WHEN cardinality($1::text[]) > 0 THEN n.nspname = ANY ($1::text[])
           ELSE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'drizzle' END
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.objid = n.oid
                    AND d.deptype = 'e')
ORDER BY n.nspname
