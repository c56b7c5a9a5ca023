CREATE TYPE "public"."tone" AS ENUM('ok', 'sad');--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "a" SET DATA TYPE "public"."mood" USING "a"::"public"."mood";--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "a" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" SET DATA TYPE "public"."tone" USING "b"::text::"public"."tone";--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "c" SET DATA TYPE integer;