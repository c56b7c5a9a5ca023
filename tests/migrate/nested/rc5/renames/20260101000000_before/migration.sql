CREATE SCHEMA "shop";
--> statement-breakpoint
CREATE TYPE "mood" AS ENUM('ok', 'sad');--> statement-breakpoint
CREATE TABLE "shop"."items" (
	"org_id" integer,
	"seat" integer,
	"note" text,
	CONSTRAINT "items_pkey" PRIMARY KEY("org_id","seat"),
	CONSTRAINT "note_seat" UNIQUE("note","seat")
);
--> statement-breakpoint
CREATE TABLE "orgs" (
	"id" integer PRIMARY KEY,
	"name" text NOT NULL UNIQUE,
	"mood" "mood"
);
--> statement-breakpoint
CREATE INDEX "note_idx" ON "shop"."items" ("note");--> statement-breakpoint
ALTER TABLE "shop"."items" ADD CONSTRAINT "items_org_id_orgs_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id");