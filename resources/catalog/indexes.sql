-- Indexes that are not the inside of a constraint, a row per key column. $1: oids of the schemas.
SELECT n.nspname,
       t.relname AS table_name,
       ic.relname AS index_name,
       i.indisunique,
       am.amname,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
       pg_catalog.to_json(coalesce(ic.reloptions, '{}')) AS options,
       i.indkey[k - 1] = 0 AS is_expression,
       coalesce(a.attname, pg_catalog.pg_get_indexdef(i.indexrelid, k, true)) AS expression,
       i.indoption[k - 1] & 1 = 0 AS is_ascending,
       i.indoption[k - 1] & 2 = 2 AS nulls_first,
       CASE WHEN NOT oc.opcdefault THEN oc.opcname END AS operator_class
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
JOIN pg_catalog.pg_am am ON am.oid = ic.relam
CROSS JOIN LATERAL pg_catalog.generate_series(1, i.indnkeyatts) AS k
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[k - 1] AND a.attnum <> 0
LEFT JOIN pg_catalog.pg_opclass oc ON oc.oid = i.indclass[k - 1]
WHERE t.relnamespace = ANY ($1::oid[])
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint c
                  WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
ORDER BY n.nspname, t.relname, ic.relname, k
