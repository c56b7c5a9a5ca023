-- Until the end of the transaction every name that is not the server's own is written with its schema, and no query is
-- compiled, which would take longer than to run it.
SELECT pg_catalog.set_config('search_path', '', true),
       pg_catalog.set_config('jit', 'off', true),
       pg_catalog.current_setting('server_version_num') AS version,
       current_user AS role
