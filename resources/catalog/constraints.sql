-- Primary keys, uniques, foreign keys and checks, columns in key order. $1: oids of the schemas.
-- NULLS NOT DISTINCT is read through JSON, since servers before 15 have no such column.
SELECT n.nspname,
       t.relname AS table_name,
       c.conname,
       c.contype,
       (SELECT pg_catalog.json_agg(a.attname ORDER BY key.position)
        FROM pg_catalog.unnest(c.conkey) WITH ORDINALITY AS key (number, position)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = key.number) AS columns,
       target_schema.nspname AS target_schema,
       target.relname AS target_table,
       (SELECT pg_catalog.json_agg(a.attname ORDER BY key.position)
        FROM pg_catalog.unnest(c.confkey) WITH ORDINALITY AS key (number, position)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = key.number) AS target_columns,
       c.confdeltype,
       c.confupdtype,
       pg_catalog.pg_get_expr(c.conbin, c.conrelid) AS expression,
       coalesce((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS nulls_not_distinct
FROM pg_catalog.pg_constraint c
JOIN pg_catalog.pg_class t ON t.oid = c.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
LEFT JOIN pg_catalog.pg_class target ON target.oid = c.confrelid
LEFT JOIN pg_catalog.pg_namespace target_schema ON target_schema.oid = target.relnamespace
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.conindid AND c.contype = 'u'
WHERE t.relnamespace = ANY ($1::oid[])
  AND c.contype IN ('p', 'u', 'f', 'c')
  AND c.conparentid = 0
ORDER BY n.nspname, t.relname, c.conname
