ALTER TABLE "t" ALTER COLUMN "a" SET DATA TYPE integer USING "a"::integer;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" SET DATA TYPE uuid USING "b"::uuid;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "c" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "c" SET DATA TYPE integer USING "c"::integer;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "c" SET DEFAULT 1;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "d" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "d" SET DATA TYPE jsonb USING "d"::jsonb;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "e" SET DATA TYPE integer USING "e"::integer;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "f" SET DATA TYPE text[] USING CASE WHEN "f" IS NULL THEN NULL ELSE ARRAY["f"]::text[] END;