COMMENT ON DATABASE acme_crm IS 'acme-crm: sample data loaded'
