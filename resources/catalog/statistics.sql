-- Extended statistics. $1: oids of the schemas.
SELECT s.oid,
       s.stxnamespace,
       s.stxname,
       pg_catalog.pg_get_userbyid(s.stxowner) AS owner, -- or owners: NULL AS owner,
       nullif(s.stxstattarget, -1) AS target, -- 13+
       NULL AS target, -- <13
       pg_catalog.pg_get_statisticsobjdef(s.oid) AS definition
FROM pg_catalog.pg_statistic_ext s
WHERE s.stxnamespace = ANY ($1::oid[])
ORDER BY s.stxnamespace, s.stxname
