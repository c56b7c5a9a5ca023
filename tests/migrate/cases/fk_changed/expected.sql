ALTER TABLE "t" DROP CONSTRAINT "t_org_orgs_id_fk";
--> statement-breakpoint
ALTER TABLE "t" ADD CONSTRAINT "t_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE set null ON UPDATE cascade;