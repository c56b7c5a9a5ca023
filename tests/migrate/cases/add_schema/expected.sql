CREATE SCHEMA "auth";
--> statement-breakpoint
CREATE SCHEMA "zoo";
--> statement-breakpoint
CREATE TABLE "auth"."sess" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid
);
--> statement-breakpoint
ALTER TABLE "auth"."sess" ADD CONSTRAINT "sess_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sess_user_id_index" ON "auth"."sess" USING btree ("user_id");