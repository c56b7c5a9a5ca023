ALTER TABLE "t" ALTER COLUMN "a" SET DATA TYPE "citext";--> statement-breakpoint
ALTER TABLE "t" ADD COLUMN "b" "citext";