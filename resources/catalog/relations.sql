-- Tables, partitions, foreign tables and views, a row each; those of extensions for their names. $1: oids of the schemas.
SELECT c.oid,
       c.relnamespace,
       c.relname,
       c.relkind,
       c.relispartition,
       c.relpersistence = 'u' AS is_unlogged,
       c.relrowsecurity,
       c.relforcerowsecurity,
       c.reltuples::bigint AS row_estimate,
       c.relpages::bigint AS pages,
       c.relispopulated,
       c.relhastriggers,
       c.relreplident,
       c.reltype,
       row_type.typarray AS row_array,
       pg_catalog.to_json(c.reloptions) AS options,
       CASE WHEN am.amname <> 'heap' THEN am.amname END AS access_method,
       space.spcname AS tablespace,
       pg_catalog.pg_get_userbyid(c.relowner) AS owner, -- or owners: NULL AS owner,
       parents.oids AS parents,
       membership.objid IS NOT NULL AS is_of_extension,
       CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_key, -- or partitions: NULL AS partition_key,
       CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END AS partition_bound, -- or partitions: NULL AS partition_bound,
       CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid, true) END AS view_text, -- or views (pg_catalog.pg_rewrite): NULL AS view_text,
       CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END AS view_definition -- or views (pg_catalog.pg_rewrite): NULL AS view_definition
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_type row_type ON row_type.oid = c.reltype
LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam -- or storage: CROSS JOIN (SELECT NULL AS amname) am
LEFT JOIN pg_catalog.pg_tablespace space ON space.oid = c.reltablespace -- or storage: CROSS JOIN (SELECT NULL AS spcname) space
LEFT JOIN (SELECT i.inhrelid, pg_catalog.string_agg(i.inhparent::text, ' ' ORDER BY i.inhseqno) AS oids
           FROM pg_catalog.pg_inherits i -- or inheritance: FROM (SELECT NULL::oid AS inhrelid, NULL AS inhparent, 0 AS inhseqno) i
           GROUP BY i.inhrelid) parents ON parents.inhrelid = c.oid
LEFT JOIN pg_catalog.pg_depend membership -- or members: LEFT JOIN (SELECT 0 AS classid, NULL::oid AS objid, '' AS deptype) membership
       ON membership.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND membership.objid = c.oid AND membership.deptype = 'e'
WHERE c.relnamespace = ANY ($1::oid[])
  AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
ORDER BY n.nspname, c.relname
