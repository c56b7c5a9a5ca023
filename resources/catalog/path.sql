-- Until the end of the transaction every name that is not the server's own is written with its schema.
SELECT pg_catalog.set_config('search_path', '', true)
