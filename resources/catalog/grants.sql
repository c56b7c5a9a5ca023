-- Rights on what has other ones than it was made with, a row for each receiver, NULL for an owner that took everything from
-- itself; role 0 is PUBLIC. $1: oids of the schemas.
SELECT held.classid::oid AS classid,
       held.oid,
       held.number,
       entry.grantee,
       entry.grantee = held.owner AS is_owner,
       CASE WHEN entry.grantee = 0 THEN 'PUBLIC'
            ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(coalesce(entry.grantee, held.owner))) END AS receiver,
       pg_catalog.string_agg(entry.privilege_type, ' ' ORDER BY entry.privilege_type) AS privileges,
       entry.is_grantable,
       (SELECT pg_catalog.count(*) FROM pg_catalog.aclexplode(pg_catalog.acldefault(held.kind, held.owner)) usual
        WHERE usual.grantee = held.owner) = pg_catalog.count(*) AS is_everything
FROM (
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass AS classid, c.oid, 0 AS number, c.relowner AS owner, c.relacl AS acl,
           CASE WHEN c.relkind = 'S' THEN 's' ELSE 'r' END::"char" AS kind
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = ANY ($1::oid[]) AND c.relacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, a.attrelid, a.attnum, c.relowner, a.attacl, 'c'
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = ANY ($1::oid[]) AND a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, 0, p.proowner, p.proacl, 'f'
    FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = ANY ($1::oid[]) AND p.proacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, 0, t.typowner, t.typacl, 'T'
    FROM pg_catalog.pg_type t
    WHERE t.typnamespace = ANY ($1::oid[]) AND t.typacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, n.oid, 0, n.nspowner, n.nspacl, 'n'
    FROM pg_catalog.pg_namespace n
    WHERE n.oid = ANY ($1::oid[]) AND n.nspacl IS NOT NULL
) held
LEFT JOIN LATERAL pg_catalog.aclexplode(held.acl) entry ON true
GROUP BY held.classid, held.oid, held.number, held.owner, held.kind, entry.grantee, entry.is_grantable
ORDER BY held.classid, held.oid, held.number, entry.grantee = held.owner DESC, 6, entry.is_grantable
