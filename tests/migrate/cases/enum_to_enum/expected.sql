CREATE TYPE "public"."tone" AS ENUM('ok', 'sad', 'mad');--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "a" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "a" SET DATA TYPE "public"."tone" USING "a"::text::"public"."tone";--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "a" SET DEFAULT 'ok';--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" SET DATA TYPE "public"."tone" USING "b"::text::"public"."tone";