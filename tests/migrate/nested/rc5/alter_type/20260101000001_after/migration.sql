ALTER TABLE "t" ALTER COLUMN "a" SET DATA TYPE text USING "a"::text;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "b" SET DATA TYPE bigint USING "b"::bigint;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "c" SET DATA TYPE timestamp with time zone USING "c"::timestamp with time zone;--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "d" SET DATA TYPE numeric(10,2) USING "d"::numeric(10,2);--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "e" SET DATA TYPE bigint[] USING "e"::bigint[];--> statement-breakpoint
ALTER TABLE "t" ALTER COLUMN "f" SET DATA TYPE varchar(80) USING "f"::varchar(80);