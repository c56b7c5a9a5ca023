-- Defaults and generated expressions of columns. Only the latter name columns; without a table the server need not look up
-- all of its columns for each. $1: oids of the schemas.
SELECT d.oid,
       d.adrelid,
       d.adnum,
       pg_catalog.pg_get_expr(d.adbin, CASE WHEN a.attgenerated = '' THEN 0 ELSE d.adrelid END) AS expression
FROM pg_catalog.pg_attrdef d
JOIN pg_catalog.pg_class c ON c.oid = d.adrelid
JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE c.relnamespace = ANY ($1::oid[])
