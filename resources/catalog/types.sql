-- Types that are not the server's own: enumerated, domain, composite, range and an extension's, and the row types of
-- tables. An array is a part of its element. $1: oids of the schemas.
SELECT t.oid,
       t.typarray,
       t.typrelid,
       t.typtype,
       t.typname,
       n.nspname,
       n.oid AS namespace,
       pg_catalog.quote_ident(n.nspname) AS quoted_schema,
       relation.relkind,
       extension.extname AS extension,
       t.typnamespace = ANY ($1::oid[]) AS is_wanted,
       pg_catalog.pg_get_userbyid(t.typowner) AS owner, -- or owners: NULL AS owner,
       labels.list AS labels,
       CASE t.typtype
           WHEN 'e' THEN pg_catalog.format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, t.typname, labels.quoted)
           WHEN 'd' THEN pg_catalog.format('CREATE DOMAIN %I.%I AS %s', n.nspname, t.typname,
                                           pg_catalog.format_type(t.typbasetype, t.typtypmod))
                || CASE WHEN t.typcollation NOT IN (0, base.typcollation)
                        THEN pg_catalog.format(' COLLATE %I.%I', collation_schema.nspname, collation_.collname)
                        ELSE '' END
                || coalesce(' DEFAULT ' || t.typdefault, '')
                || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
           WHEN 'c' THEN CASE WHEN relation.relkind = 'c' THEN pg_catalog.format('CREATE TYPE %I.%I AS (%s)', n.nspname, t.typname,
                (SELECT pg_catalog.string_agg(
                            pg_catalog.format('%I %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod))
                            || CASE WHEN a.attcollation NOT IN (0, at.typcollation)
                                    THEN pg_catalog.format(' COLLATE %I.%I', ac.nspname, co.collname) ELSE '' END,
                            ', ' ORDER BY a.attnum)
                 FROM pg_catalog.pg_attribute a
                 JOIN pg_catalog.pg_type at ON at.oid = a.atttypid
                 LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation
                 LEFT JOIN pg_catalog.pg_namespace ac ON ac.oid = co.collnamespace
                 WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)) END
           WHEN 'r' THEN pg_catalog.format('CREATE TYPE %I.%I AS RANGE (subtype = %s', n.nspname, t.typname,
                                           pg_catalog.format_type(r.rngsubtype, NULL))
                || pg_catalog.format(', subtype_opclass = %I.%I', opclass_schema.nspname, opclass.opcname)
                || CASE WHEN r.rngcollation <> 0
                        THEN pg_catalog.format(', collation = %I.%I', collation_schema.nspname, collation_.collname)
                        ELSE '' END
                || CASE WHEN r.rngsubdiff <> 0 THEN ', subtype_diff = ' || r.rngsubdiff::text ELSE '' END
                || coalesce(', multirange_type_name = ' || pg_catalog.format_type(r.rngmultitypid, NULL), '') -- 14+
                || ')'
       END AS definition
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_class relation ON relation.oid = t.typrelid
LEFT JOIN pg_catalog.pg_type base ON base.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
LEFT JOIN pg_catalog.pg_opclass opclass ON opclass.oid = r.rngsubopc
LEFT JOIN pg_catalog.pg_namespace opclass_schema ON opclass_schema.oid = opclass.opcnamespace
LEFT JOIN pg_catalog.pg_collation collation_ ON collation_.oid = coalesce(nullif(r.rngcollation, 0), t.typcollation)
LEFT JOIN pg_catalog.pg_namespace collation_schema ON collation_schema.oid = collation_.collnamespace
LEFT JOIN (SELECT e.enumtypid,
                  pg_catalog.json_agg(e.enumlabel ORDER BY e.enumsortorder) AS list,
                  pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) AS quoted
           FROM pg_catalog.pg_enum e GROUP BY e.enumtypid) labels ON labels.enumtypid = t.oid
LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = t.oid AND d.deptype = 'e'
LEFT JOIN pg_catalog.pg_extension extension ON extension.oid = d.refobjid
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT (t.typtype = 'b' AND t.typelem <> 0 AND t.typlen = -1)
  AND (t.typrelid = 0 OR relation.relkind = 'c')
ORDER BY n.nspname, t.typname
