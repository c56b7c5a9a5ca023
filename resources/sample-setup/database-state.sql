-- No row: there is no such database. False: it was left half dropped (-2) and cannot be entered.
SELECT datconnlimit <> -2 FROM pg_database WHERE datname = 'acme_crm'
