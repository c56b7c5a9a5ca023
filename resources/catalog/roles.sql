-- Roles but the predefined ones.
SELECT r.rolname,
       r.rolcreatedb,
       r.rolcreaterole,
       r.rolinherit,
       r.rolsuper
FROM pg_catalog.pg_roles r
WHERE r.rolname NOT LIKE 'pg\_%'
ORDER BY r.rolname
