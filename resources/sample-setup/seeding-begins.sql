-- The example data is known to refer to rows that exist, which a test checks: foreign keys are not looked up row by
-- row, which takes half of the time. Only a superuser may say so, and the data is loaded by somebody who is none.
ALTER ROLE acme_crm IN DATABASE acme_crm SET session_replication_role = replica
