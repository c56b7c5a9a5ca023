-- Whom the project's SQL runs as. Two programs that alter one role at the same moment fail, so one waits.
SELECT pg_advisory_xact_lock(hashtext('sluice: role acme_crm'));
DO $$
BEGIN
  IF to_regrole('acme_crm') IS NULL THEN
    CREATE ROLE acme_crm;
  END IF;
  EXECUTE format('ALTER ROLE acme_crm LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %L',
                 current_setting('sluice.password'));
END
$$;
REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC;
