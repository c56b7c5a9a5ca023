DROP TYPE "public"."a";--> statement-breakpoint
DROP TYPE "auth"."b";