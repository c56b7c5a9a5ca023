-- Primary keys, uniques, foreign keys, checks and exclusions, also those of domains, with the numbers of their columns in
-- key order. What a partition has from its parent is left out. $1: oids of the schemas.
SELECT c.oid,
       c.conrelid,
       c.contypid,
       c.conname,
       c.contype,
       c.conindid,
       c.conkey::text AS columns,
       c.confrelid,
       c.confkey::text AS target_columns,
       c.confdeltype,
       c.confupdtype,
       c.confmatchtype = 'f' AS matches_full,
       c.condeferrable,
       c.condeferred,
       c.convalidated,
       c.connoinherit,
       c.conislocal,
       c.confdelsetcols::text AS set_columns, -- 15+
       NULL AS set_columns, -- <15
       c.conenforced AS is_enforced, -- 18+
       true AS is_enforced, -- <18
       c.conperiod AS is_period, -- 18+
       false AS is_period, -- <18
       CASE WHEN c.contype = 'c' THEN pg_catalog.pg_get_expr(c.conbin, c.conrelid) END AS expression,
       pg_catalog.pg_get_constraintdef(c.oid) AS definition
FROM pg_catalog.pg_constraint c
WHERE c.connamespace = ANY ($1::oid[])
  AND c.contype IN ('p', 'u', 'f', 'c', 'x')
  AND c.conparentid = 0
ORDER BY c.conrelid, c.conname
