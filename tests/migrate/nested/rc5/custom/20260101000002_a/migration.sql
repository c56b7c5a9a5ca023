CREATE TABLE "a" (
	"id" integer,
	"org_id" integer
);
--> statement-breakpoint
ALTER TABLE "a" ADD CONSTRAINT "a_org_id_orgs_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id");