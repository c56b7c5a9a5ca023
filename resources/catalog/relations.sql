-- Tables and views with their columns, a row per column (one with NULLs for a relation without any).
-- $1: oids of the schemas.
-- Partitions are part of their table; objects of extensions and the ledger are not the project's.
SELECT n.nspname,
       c.relname,
       c.relkind IN ('v', 'm') AS is_view,
       c.relkind = 'm' AS is_materialized,
       c.relrowsecurity,
       c.reltuples::bigint AS row_estimate,
       a.attname,
       pg_catalog.format_type(base.oid, a.atttypmod) AS type_text,
       base.typname,
       base_schema.nspname AS type_schema,
       base.typtype = 'e' AS is_enum,
       EXISTS (SELECT FROM pg_catalog.pg_depend d
               WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = base.oid
                 AND d.deptype = 'e') AS is_extension_type,
       CASE WHEN element.oid IS NULL THEN 0 ELSE greatest(a.attndims, 1) END AS dimensions,
       a.attnotnull,
       pg_catalog.pg_get_expr(def.adbin, def.adrelid) AS default_text,
       a.attgenerated,
       a.attidentity,
       owned.sequence_schema,
       owned.sequence_name,
       owned.increment, owned.start_value, owned.min_value, owned.max_value, owned.cache_size, owned.cycle
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_type element ON element.typarray = t.oid
LEFT JOIN pg_catalog.pg_type base ON base.oid = coalesce(element.oid, t.oid)
LEFT JOIN pg_catalog.pg_namespace base_schema ON base_schema.oid = base.typnamespace
LEFT JOIN pg_catalog.pg_attrdef def ON def.adrelid = c.oid AND def.adnum = a.attnum
LEFT JOIN (
    -- The sequence of an identity column (internal) or of a serial one (owned).
    SELECT d.refobjid, d.refobjsubid, sn.nspname AS sequence_schema, sc.relname AS sequence_name,
           s.seqincrement::text AS increment, s.seqstart::text AS start_value, s.seqmin::text AS min_value,
           s.seqmax::text AS max_value, s.seqcache::text AS cache_size, s.seqcycle AS cycle
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid
    JOIN pg_catalog.pg_class sc ON sc.oid = s.seqrelid
    JOIN pg_catalog.pg_namespace sn ON sn.oid = sc.relnamespace
    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
      AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
      AND d.deptype IN ('i', 'a')
) owned ON owned.refobjid = c.oid AND owned.refobjsubid = a.attnum
WHERE c.relnamespace = ANY ($1::oid[])
  AND c.relkind IN ('r', 'p', 'v', 'm')
  AND NOT c.relispartition
  AND c.relname <> '__drizzle_migrations'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                    AND d.deptype = 'e')
ORDER BY n.nspname, c.relname, a.attnum
