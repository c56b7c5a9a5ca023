ALTER TABLE "users" ADD COLUMN "name" text DEFAULT null;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "settings" text DEFAULT [object Object];--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "list" text DEFAULT a;