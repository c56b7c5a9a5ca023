ALTER TABLE "t" ALTER COLUMN "a" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "a" SET DEFAULT 0;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" SET DATA TYPE varchar(9);--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" SET DEFAULT '';