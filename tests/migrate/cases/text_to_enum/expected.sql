ALTER TABLE "t" ALTER COLUMN "a" SET DEFAULT 'ok'::"public"."mood";--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "a" SET DATA TYPE "public"."mood" USING "a"::"public"."mood";--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" SET DATA TYPE "public"."mood" USING "b"::"public"."mood";--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" SET NOT NULL;