-- Rewrite rules. The one called _RETURN is the view itself. $1: oids of the schemas.
SELECT r.oid,
       r.ev_class,
       r.rulename,
       r.ev_enabled AS state,
       r.rulename = '_RETURN' AS is_view,
       CASE WHEN r.rulename <> '_RETURN' THEN pg_catalog.pg_get_ruledef(r.oid) END AS definition
FROM pg_catalog.pg_rewrite r
JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
WHERE c.relnamespace = ANY ($1::oid[])
ORDER BY r.ev_class, r.rulename
