ALTER SCHEMA "shop" RENAME TO "store";
--> statement-breakpoint
ALTER TYPE "mood" RENAME TO "feeling";--> statement-breakpoint
ALTER TABLE "orgs" RENAME TO "companies";--> statement-breakpoint
ALTER TABLE "store"."items" RENAME COLUMN "note" TO "remark";--> statement-breakpoint
ALTER TABLE "companies" RENAME COLUMN "id" TO "key";