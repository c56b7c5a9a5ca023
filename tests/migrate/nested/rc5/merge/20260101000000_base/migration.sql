CREATE TABLE "orgs" (
	"id" integer PRIMARY KEY,
	"name" text
);
