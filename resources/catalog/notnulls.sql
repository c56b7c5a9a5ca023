-- NOT NULL constraints that are not what SET NOT NULL makes: another name, a state. PostgreSQL 18 names them all.
-- $1: oids of the schemas.
SELECT c.conrelid,
       a.attname,
       c.conname,
       c.convalidated,
       c.connoinherit
FROM pg_catalog.pg_constraint c
JOIN pg_catalog.pg_class t ON t.oid = c.conrelid
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.connamespace = ANY ($1::oid[])
  AND c.contype = 'n'
  AND c.conislocal
  AND (c.conname <> pg_catalog.concat(t.relname, '_', a.attname, '_not_null') OR NOT c.convalidated OR c.connoinherit)
