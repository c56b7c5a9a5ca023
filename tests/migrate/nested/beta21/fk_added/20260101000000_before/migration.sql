CREATE TABLE "orgs" (
	"id" integer PRIMARY KEY
);
--> statement-breakpoint
CREATE TABLE "t" (
	"org" integer,
	"other" integer
);
