ALTER TABLE "t" ALTER COLUMN "a" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "a" SET DEFAULT 'x';--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "c" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "c" SET DEFAULT 8;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "d" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "d" SET DEFAULT 5;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "d" SET NOT NULL;