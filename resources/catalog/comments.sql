-- Comments on what is not the server's own.
SELECT d.classoid, d.objoid, d.objsubid, d.description
FROM pg_catalog.pg_description d
WHERE d.objoid >= 16384
ORDER BY d.classoid, d.objoid, d.objsubid
