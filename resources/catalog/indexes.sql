-- Indexes, also those inside of a constraint; what is not plain about their columns is in indexcolumns.sql. The whole
-- text of a definition is dear: only what is not put together from the parts has one. $1: oids of the schemas.
SELECT i.indexrelid AS oid,
       i.indrelid,
       ic.relnamespace,
       ic.relname,
       i.indisunique,
       i.indisvalid,
       i.indisready,
       i.indisclustered,
       i.indisreplident,
       i.indnullsnotdistinct AS nulls_not_distinct, -- 15+
       false AS nulls_not_distinct, -- <15
       i.indnkeyatts,
       i.indkey::text AS keys,
       i.indoption::text AS key_options,
       am.amname,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
       pg_catalog.to_json(ic.reloptions) AS options,
       ic.relispartition,
       ic.relpages::bigint AS pages,
       pg_catalog.pg_stat_get_numscans(i.indexrelid) AS scans,
       space.spcname AS tablespace,
       con.oid AS constraint_oid,
       CASE WHEN con.oid IS NULL
             AND (i.indpred IS NOT NULL OR i.indnatts <> i.indnkeyatts OR ic.reloptions IS NOT NULL OR ic.relkind = 'I'
                  OR i.indnullsnotdistinct -- 15+
                  OR ic.relispartition)
            THEN pg_catalog.pg_get_indexdef(i.indexrelid) END AS definition
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
JOIN pg_catalog.pg_namespace n ON n.oid = ic.relnamespace
JOIN pg_catalog.pg_am am ON am.oid = ic.relam
LEFT JOIN pg_catalog.pg_tablespace space ON space.oid = ic.reltablespace
LEFT JOIN pg_catalog.pg_constraint con ON con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')
WHERE ic.relnamespace = ANY ($1::oid[])
ORDER BY i.indrelid, ic.relname
