-- Key columns of indexes that are more than a column of the table: an expression, another operator class, its parameters,
-- another collation, a statistics target. Attributes are looked through once. $1: oids of the schemas.
WITH odd AS MATERIALIZED (
    SELECT a.attrelid, a.attnum, a.attcollation, nullif(a.attstattarget, -1) AS statistics_target,
           CASE WHEN pg_catalog.cardinality(a.attoptions) > 1 OR NOT pg_catalog.starts_with(a.attoptions[1], 'pg_attver=')
                THEN a.attoptions END AS attoptions
    FROM pg_catalog.pg_attribute a
    WHERE a.attrelid >= 16384 AND a.attnum > 0
      AND (a.attcollation NOT IN (0, 100) OR a.attstattarget <> -1
           OR pg_catalog.cardinality(a.attoptions) > 1 OR NOT pg_catalog.starts_with(a.attoptions[1], 'pg_attver='))
)
SELECT key.indexrelid,
       key.position,
       CASE WHEN key.number = 0 THEN pg_catalog.pg_get_indexdef(key.indexrelid, key.position, true) END AS expression,
       CASE WHEN NOT class.opcdefault OR part.attoptions IS NOT NULL THEN class.opcname END AS operator_class,
       CASE WHEN key.collation_oid NOT IN (0, coalesce(whole.attcollation, 100))
            THEN pg_catalog.format('%I.%I', collation_schema.nspname, collation_.collname) END AS collation,
       pg_catalog.to_json(part.attoptions) AS parameters,
       part.statistics_target,
       pg_catalog.pg_get_indexdef(key.indexrelid) AS definition
FROM (SELECT i.indexrelid,
             i.indrelid,
             pg_catalog.generate_series(1, i.indnkeyatts::int) AS position,
             pg_catalog.unnest(i.indkey::int2[]) AS number,
             pg_catalog.unnest(i.indclass::oid[]) AS class,
             pg_catalog.unnest(i.indcollation::oid[]) AS collation_oid
      FROM pg_catalog.pg_index i
      WHERE i.indexrelid >= 16384
        AND (i.indexprs IS NOT NULL
             OR NOT i.indclass::oid[] <@ ARRAY(SELECT c.oid FROM pg_catalog.pg_opclass c WHERE c.opcdefault)
             OR NOT i.indcollation::oid[] <@ '{0,100}'
             OR i.indexrelid IN (SELECT odd.attrelid FROM odd)
             OR i.indrelid IN (SELECT odd.attrelid FROM odd))) key
JOIN pg_catalog.pg_class ic ON ic.oid = key.indexrelid
JOIN pg_catalog.pg_opclass class ON class.oid = key.class
LEFT JOIN odd part ON part.attrelid = key.indexrelid AND part.attnum = key.position
LEFT JOIN odd whole ON whole.attrelid = key.indrelid AND whole.attnum = key.number
LEFT JOIN pg_catalog.pg_collation collation_ ON collation_.oid = key.collation_oid
LEFT JOIN pg_catalog.pg_namespace collation_schema ON collation_schema.oid = collation_.collnamespace
WHERE ic.relnamespace = ANY ($1::oid[])
  AND (key.number = 0 OR NOT class.opcdefault OR part.attoptions IS NOT NULL OR part.statistics_target IS NOT NULL
       OR key.collation_oid NOT IN (0, coalesce(whole.attcollation, 100)))
ORDER BY key.indexrelid, key.position
