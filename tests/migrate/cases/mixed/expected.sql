CREATE TYPE "public"."lvl" AS ENUM('l1');--> statement-breakpoint
ALTER TYPE "public"."mood" ADD VALUE 'sad';--> statement-breakpoint
CREATE TABLE "n" (
	"id" integer PRIMARY KEY NOT NULL,
	"b" integer
);
--> statement-breakpoint
ALTER TABLE "a" DROP CONSTRAINT "ay";--> statement-breakpoint
ALTER TABLE "b" DROP CONSTRAINT "b_a_a_id_fk";
--> statement-breakpoint
DROP INDEX "ax";--> statement-breakpoint
ALTER TABLE "a" ALTER COLUMN "y" SET DATA TYPE varchar(9);--> statement-breakpoint
ALTER TABLE "a" ALTER COLUMN "y" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "b" ADD COLUMN "org" integer;--> statement-breakpoint
ALTER TABLE "b" ADD COLUMN "lvl" "lvl";--> statement-breakpoint
ALTER TABLE "n" ADD CONSTRAINT "n_b_b_id_fk" FOREIGN KEY ("b") REFERENCES "public"."b"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "n_b_index" ON "n" USING btree ("b");--> statement-breakpoint
ALTER TABLE "b" ADD CONSTRAINT "b_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "b_org_index" ON "b" USING btree ("org");--> statement-breakpoint
ALTER TABLE "a" DROP COLUMN "x";--> statement-breakpoint
ALTER TABLE "b" ADD CONSTRAINT "bu" UNIQUE("lvl");--> statement-breakpoint
ALTER TABLE "a" ADD CONSTRAINT "yc" CHECK ("a"."y" <> '');