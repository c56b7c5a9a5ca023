DROP INDEX "auth"."gone";--> statement-breakpoint
CREATE UNIQUE INDEX "come" ON "auth"."t" USING btree ("a");