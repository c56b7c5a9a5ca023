-- Extensions but the one that every database has.
SELECT e.oid,
       e.extname,
       pg_catalog.pg_get_userbyid(e.extowner) AS owner, -- or owners: NULL AS owner,
       pg_catalog.format('CREATE EXTENSION %I WITH SCHEMA %I VERSION %L', e.extname, n.nspname, e.extversion) AS definition
FROM pg_catalog.pg_extension e
JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname <> 'plpgsql'
ORDER BY e.extname
