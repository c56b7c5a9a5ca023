DROP INDEX "a";--> statement-breakpoint
DROP INDEX "b";--> statement-breakpoint
CREATE INDEX "d" ON "users" USING btree ("nick");--> statement-breakpoint
CREATE INDEX "b" ON "users" USING btree ("nick","email");