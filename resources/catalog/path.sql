-- Until the end of the transaction every name that is not the server's own is written with its schema.
SELECT pg_catalog.set_config('search_path', '', true),
       pg_catalog.current_setting('server_version_num') AS version,
       current_user AS role
