ALTER TABLE "users" ADD COLUMN "name" text DEFAULT null;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "settings" text DEFAULT '{"theme":"it''s dark","sizes":[1,2]}';--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "list" text DEFAULT '["a"]';