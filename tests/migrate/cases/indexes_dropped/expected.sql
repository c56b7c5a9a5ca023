DROP INDEX "users_email_index";--> statement-breakpoint
DROP INDEX "u_nick";