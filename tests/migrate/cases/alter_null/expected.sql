ALTER TABLE "t" ALTER COLUMN "a" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "c" SET DEFAULT 'z';--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "c" SET NOT NULL;