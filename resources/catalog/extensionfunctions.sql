-- Functions of extensions that something stands on which is nobody's but the project's: defaults, checks, indexes,
-- policies and views.
SELECT p.proname,
       n.nspname,
       pg_catalog.pg_get_function_identity_arguments(p.oid) AS arguments,
       pg_catalog.pg_get_functiondef(p.oid) AS definition
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE p.oid IN (SELECT d.refobjid
                FROM pg_catalog.pg_depend d
                WHERE d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                  AND d.refobjid >= 16384
                  AND d.classid IN ('pg_catalog.pg_attrdef'::pg_catalog.regclass,
                                    'pg_catalog.pg_constraint'::pg_catalog.regclass,
                                    'pg_catalog.pg_class'::pg_catalog.regclass,
                                    'pg_catalog.pg_policy'::pg_catalog.regclass,
                                    'pg_catalog.pg_rewrite'::pg_catalog.regclass))
  AND p.prokind = 'f'
  AND EXISTS (SELECT FROM pg_catalog.pg_depend e
              WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND e.objid = p.oid AND e.deptype = 'e')
ORDER BY n.nspname, p.proname, 3
