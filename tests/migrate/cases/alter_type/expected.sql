ALTER TABLE "t" ALTER COLUMN "a" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "c" SET DATA TYPE timestamp with time zone;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "d" SET DATA TYPE numeric(10, 2);--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "e" SET DATA TYPE bigint[];--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "f" SET DATA TYPE varchar(80);