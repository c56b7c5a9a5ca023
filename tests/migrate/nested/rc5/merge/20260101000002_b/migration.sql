CREATE TABLE "b" (
	"id" integer PRIMARY KEY,
	"word" text UNIQUE
);
