-- No row: there is no such database. First false: it was left half dropped (-2) and cannot be entered. Second false: it
-- is new, or an earlier version made it, and does not belong to the role yet.
SELECT datconnlimit <> -2, pg_get_userbyid(datdba) = 'acme_crm' FROM pg_database WHERE datname = 'acme_crm'
