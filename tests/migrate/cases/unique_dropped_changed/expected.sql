ALTER TABLE "t" DROP CONSTRAINT "t_a_unique";--> statement-breakpoint
ALTER TABLE "t" DROP CONSTRAINT "ab";--> statement-breakpoint
ALTER TABLE "t" ADD CONSTRAINT "ab" UNIQUE("b","a");