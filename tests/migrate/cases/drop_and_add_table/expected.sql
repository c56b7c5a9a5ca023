CREATE TABLE "fresh" (
	"id" integer,
	"x" text
);
--> statement-breakpoint
DROP TABLE "old" CASCADE;