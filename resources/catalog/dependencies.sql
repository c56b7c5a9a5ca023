-- Who needs whom, as PostgreSQL records it, among what is not the server's own: views by their rule, defaults by theirs.
-- Left out is what is known without: what lies in a schema, a table's row types and TOAST, that a default belongs to its
-- column and an index to its constraint. What an extension brought along depends on it by 'e'.
SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid, d.deptype
FROM pg_catalog.pg_depend d
WHERE d.objid >= 16384
  AND d.refobjid >= 16384
  AND d.refclassid <> 'pg_catalog.pg_namespace'::pg_catalog.regclass
  AND NOT (d.deptype = 'i' AND d.refobjsubid = 0
           AND (d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                OR d.refclassid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
                OR d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                   AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass))
  AND NOT (d.deptype = 'a' AND d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass)
