ALTER TABLE "t" ALTER COLUMN "a" SET DEFAULT 'it''s';--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "c" SET DEFAULT 'new';--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "d" SET DEFAULT false;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "e" SET DEFAULT now() + interval '1 day';