ALTER TABLE "t" ALTER COLUMN "a" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" SET DATA TYPE uuid;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "c" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "c" SET DEFAULT 1;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "d" SET DATA TYPE jsonb;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "d" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "e" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "f" SET DATA TYPE text[];