ALTER TABLE "t" ALTER COLUMN "a" SET DATA TYPE "undefined"."citext";--> statement-breakpoint
ALTER TABLE "t" ADD COLUMN "b" "citext";