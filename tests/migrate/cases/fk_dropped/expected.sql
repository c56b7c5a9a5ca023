ALTER TABLE "t" DROP CONSTRAINT "t_org_orgs_id_fk";
--> statement-breakpoint
ALTER TABLE "t" DROP CONSTRAINT "t_other_orgs_id_fk";
