CREATE TABLE "odd" (
	"10" integer NOT NULL,
	"2024" integer,
	"b" text,
	"a" text,
	"007" integer
);
