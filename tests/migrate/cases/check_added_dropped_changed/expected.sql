ALTER TABLE "t" DROP CONSTRAINT "one";--> statement-breakpoint
ALTER TABLE "t" DROP CONSTRAINT "two";--> statement-breakpoint
ALTER TABLE "t" ADD CONSTRAINT "three" CHECK ("t"."a" > 3);--> statement-breakpoint
ALTER TABLE "t" ADD CONSTRAINT "two" CHECK ("t"."a" > 20);