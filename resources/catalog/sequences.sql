-- Sequences with the column that owns them: an identity column's is inside of it ('i'). $1: oids of the schemas.
SELECT c.oid,
       c.relnamespace,
       c.relname,
       c.relpersistence = 'u' AS is_unlogged,
       pg_catalog.pg_get_userbyid(c.relowner) AS owner, -- or owners: NULL AS owner,
       pg_catalog.format_type(s.seqtypid, NULL) AS data_type,
       s.seqincrement AS increment,
       s.seqstart AS start_value,
       s.seqmin AS min_value,
       s.seqmax AS max_value,
       s.seqcache AS cache_size,
       s.seqcycle AS cycle,
       'nextval(''' || pg_catalog.replace(c.oid::pg_catalog.regclass::text, '''', '''''') || '''::regclass)' AS next_value,
       d.refobjid AS table_oid,
       d.refobjsubid AS column_number,
       d.deptype = 'i' AS is_identity
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                                AND d.objsubid = 0 AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                AND d.deptype IN ('i', 'a')
WHERE c.relnamespace = ANY ($1::oid[])
  AND c.relkind = 'S'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid
                    AND e.deptype = 'e')
ORDER BY n.nspname, c.relname
