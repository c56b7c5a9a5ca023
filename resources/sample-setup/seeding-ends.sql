ALTER ROLE acme_crm IN DATABASE acme_crm RESET session_replication_role
