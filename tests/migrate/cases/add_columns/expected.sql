CREATE TYPE "public"."mood" AS ENUM('ok', 'sad');--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "age" integer;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "vip" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "mood" "mood" DEFAULT 'ok' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "moods" "mood"[];--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "n" integer NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "users_n_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "up" text GENERATED ALWAYS AS (upper(email)) STORED;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "ip" "inet";