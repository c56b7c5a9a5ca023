-- The database and all in it that is the superuser's becomes the role's. REASSIGN OWNED refuses this, since what the
-- server itself needs is the superuser's too. A table's own sequences, indexes and row types go with it.
DO $$
DECLARE
  command text;
BEGIN
  FOR command IN
    WITH own AS (
      SELECT oid, nspname FROM pg_namespace
      WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'
    )
    SELECT format('ALTER SCHEMA %I OWNER TO acme_crm', nspname)
    FROM pg_namespace JOIN own USING (oid, nspname) WHERE nspowner = current_user::text::regrole
    UNION ALL
    SELECT format('ALTER TABLE %s OWNER TO acme_crm', c.oid::regclass)
    FROM pg_class AS c JOIN own ON own.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT EXISTS (
      SELECT FROM pg_depend
      WHERE classid = 'pg_class'::regclass AND objid = c.oid
        AND (deptype = 'e' OR relkind = 'S' AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i')))
    UNION ALL
    SELECT format('ALTER TYPE %s OWNER TO acme_crm', t.oid::regtype)
    FROM pg_type AS t JOIN own ON own.oid = typnamespace LEFT JOIN pg_class AS c ON c.oid = typrelid
    WHERE (typtype IN ('d', 'e', 'r') OR c.relkind = 'c')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_type'::regclass AND objid = t.oid AND deptype = 'e')
    UNION ALL
    SELECT format('ALTER ROUTINE %s OWNER TO acme_crm', p.oid::regprocedure)
    FROM pg_proc AS p JOIN own ON own.oid = pronamespace
    WHERE NOT EXISTS (
      SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype IN ('e', 'i'))
  LOOP
    EXECUTE command;
  END LOOP;
END
$$;
ALTER DATABASE acme_crm OWNER TO acme_crm;
