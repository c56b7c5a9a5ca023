ALTER TABLE "t" DROP CONSTRAINT "t_org_orgs_id_fk";
--> statement-breakpoint
DROP TABLE "orgs" CASCADE;