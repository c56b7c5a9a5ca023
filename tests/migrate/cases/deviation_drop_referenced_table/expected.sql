ALTER TABLE "orgs" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP TABLE "orgs" CASCADE;--> statement-breakpoint
ALTER TABLE "t" DROP CONSTRAINT "t_org_orgs_id_fk";
