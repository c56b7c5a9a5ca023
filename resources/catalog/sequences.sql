-- Sequences of their own: not those of identity and serial columns. $1: oids of the schemas.
SELECT n.nspname,
       c.relname,
       s.seqincrement::text AS increment,
       s.seqstart::text AS start_value,
       s.seqmin::text AS min_value,
       s.seqmax::text AS max_value,
       s.seqcache::text AS cache_size,
       s.seqcycle AS cycle
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relnamespace = ANY ($1::oid[])
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                    AND d.deptype IN ('i', 'a', 'e'))
ORDER BY n.nspname, c.relname
