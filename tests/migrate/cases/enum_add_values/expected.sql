ALTER TYPE "public"."mood" ADD VALUE 'best' BEFORE 'ok';--> statement-breakpoint
ALTER TYPE "public"."mood" ADD VALUE 'great' BEFORE 'ok';--> statement-breakpoint
ALTER TYPE "public"."mood" ADD VALUE 'meh' BEFORE 'sad';--> statement-breakpoint
ALTER TYPE "public"."mood" ADD VALUE 'worst';--> statement-breakpoint
ALTER TYPE "auth"."role" ADD VALUE 'admin';