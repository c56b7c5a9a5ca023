ALTER TABLE "t" ALTER COLUMN "a" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "a" SET DEFAULT 'ok';--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" SET DATA TYPE text;--> statement-breakpoint
DROP TYPE "public"."mood";