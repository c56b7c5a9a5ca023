CREATE INDEX "users_email_index" ON "users" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "u_nick" ON "users" USING btree ("nick" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "low" ON "users" USING btree (lower("email"),"nick");--> statement-breakpoint
CREATE INDEX "part" ON "users" USING btree ("nick") WHERE "users"."nick" is not null;--> statement-breakpoint
CREATE INDEX "hash" ON "users" USING hash ("email") WITH (fillfactor=50);--> statement-breakpoint
CREATE INDEX "ops" ON "users" USING btree ("email" varchar_pattern_ops,"nick" DESC NULLS LAST);