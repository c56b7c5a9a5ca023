-- Triggers that somebody made, without a partition's share of its parent's. $1: oids of the schemas.
SELECT t.oid,
       t.tgrelid,
       t.tgname,
       t.tgenabled AS state,
       pg_catalog.pg_get_triggerdef(t.oid) AS definition
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = ANY ($1::oid[])
  AND NOT t.tgisinternal
  AND t.tgparentid = 0 -- 13+
ORDER BY t.tgrelid, t.tgname
