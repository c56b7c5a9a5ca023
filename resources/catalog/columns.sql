-- The columns of tables and views. Their defaults come apart, since joined they take twice the time, and C++ sorts them,
-- since here that takes as long as reading them. Since 15.20 the server keeps a number of its own (pg_attver) among the
-- options of nearly every column. $1: oids of the schemas.
SELECT a.attrelid,
       a.attnum,
       a.attname,
       a.atttypid,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type_text,
       a.attndims,
       a.attnotnull,
       a.attgenerated,
       a.attidentity,
       CASE WHEN a.attcollation <> t.typcollation THEN
           (SELECT pg_catalog.format('%I.%I', n.nspname, co.collname)
            FROM pg_catalog.pg_collation co -- or collations: FROM (SELECT NULL::oid AS oid, NULL AS collname, NULL::oid AS collnamespace) co
            JOIN pg_catalog.pg_namespace n ON n.oid = co.collnamespace
            WHERE co.oid = a.attcollation) END AS collation,
       CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END AS storage,
       a.attcompression AS compression, -- 14+
       '' AS compression, -- <14
       nullif(a.attstattarget, -1) AS statistics_target,
       CASE WHEN pg_catalog.cardinality(a.attoptions) > 1 OR NOT pg_catalog.starts_with(a.attoptions[1], 'pg_attver=')
            THEN pg_catalog.to_json(a.attoptions) END AS options,
       a.attislocal
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE c.relnamespace = ANY ($1::oid[])
  AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
  AND a.attnum > 0
  AND NOT a.attisdropped
