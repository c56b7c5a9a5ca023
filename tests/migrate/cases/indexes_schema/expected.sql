DROP INDEX "auth"."gone";--> statement-breakpoint
CREATE INDEX "come" ON "auth"."t" USING btree ("a");