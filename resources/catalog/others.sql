-- What has no query of its own, without what extensions brought along: how PostgreSQL names it, by catalog. $1: oids of the
-- schemas.
SELECT other.classid::oid AS classid,
       other.oid,
       other.namespace,
       other.name,
       other.part,
       pg_catalog.pg_get_userbyid(other.owner) AS owner -- or owners: NULL AS owner
FROM (
    SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass AS classid, o.oid, o.oprnamespace AS namespace,
           o.oprname::text AS name,
           pg_catalog.concat_ws(', ', coalesce(pg_catalog.format_type(nullif(o.oprleft, 0), NULL), 'NONE'),
                                coalesce(pg_catalog.format_type(nullif(o.oprright, 0), NULL), 'NONE')) AS part,
           o.oprowner AS owner
    FROM pg_catalog.pg_operator o WHERE o.oprnamespace = ANY ($1::oid[])
    UNION ALL
    SELECT 'pg_catalog.pg_collation'::pg_catalog.regclass, c.oid, c.collnamespace, c.collname, '', c.collowner
    FROM pg_catalog.pg_collation c WHERE c.collnamespace = ANY ($1::oid[])
    UNION ALL
    SELECT 'pg_catalog.pg_publication'::pg_catalog.regclass, p.oid, 0, p.pubname, '', p.pubowner
    FROM pg_catalog.pg_publication p
    UNION ALL
    SELECT 'pg_catalog.pg_event_trigger'::pg_catalog.regclass, e.oid, 0, e.evtname, '', e.evtowner
    FROM pg_catalog.pg_event_trigger e
    UNION ALL
    SELECT 'pg_catalog.pg_conversion'::pg_catalog.regclass, c.oid, c.connamespace, c.conname, 'conversion', c.conowner
    FROM pg_catalog.pg_conversion c WHERE c.connamespace = ANY ($1::oid[])
    UNION ALL
    SELECT 'pg_catalog.pg_opclass'::pg_catalog.regclass, o.oid, o.opcnamespace, o.opcname, 'operator class', o.opcowner
    FROM pg_catalog.pg_opclass o WHERE o.opcnamespace = ANY ($1::oid[])
    UNION ALL
    SELECT 'pg_catalog.pg_opfamily'::pg_catalog.regclass, o.oid, o.opfnamespace, o.opfname, 'operator family', o.opfowner
    FROM pg_catalog.pg_opfamily o WHERE o.opfnamespace = ANY ($1::oid[])
    UNION ALL
    SELECT 'pg_catalog.pg_ts_config'::pg_catalog.regclass, t.oid, t.cfgnamespace, t.cfgname, 'text search configuration', t.cfgowner
    FROM pg_catalog.pg_ts_config t WHERE t.cfgnamespace = ANY ($1::oid[])
    UNION ALL
    SELECT 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, t.oid, t.dictnamespace, t.dictname, 'text search dictionary', t.dictowner
    FROM pg_catalog.pg_ts_dict t WHERE t.dictnamespace = ANY ($1::oid[])
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, s.oid, 0, s.srvname, 'server', s.srvowner
    FROM pg_catalog.pg_foreign_server s
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, w.oid, 0, w.fdwname, 'foreign-data wrapper', w.fdwowner
    FROM pg_catalog.pg_foreign_data_wrapper w
    UNION ALL
    SELECT 'pg_catalog.pg_cast'::pg_catalog.regclass, c.oid, 0,
           pg_catalog.format('%s AS %s', pg_catalog.format_type(c.castsource, NULL), pg_catalog.format_type(c.casttarget, NULL)),
           'cast', NULL
    FROM pg_catalog.pg_cast c WHERE c.oid >= 16384
) other
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = other.classid AND d.objid = other.oid AND d.deptype IN ('e', 'i'))
ORDER BY 1, 3, 4, 5
