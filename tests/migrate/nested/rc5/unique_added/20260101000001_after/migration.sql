ALTER TABLE "t" ADD CONSTRAINT "ab" UNIQUE NULLS NOT DISTINCT("b","a");--> statement-breakpoint
ALTER TABLE "t" ADD CONSTRAINT "t_a_key" UNIQUE("a");