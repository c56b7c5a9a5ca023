CREATE TABLE "t" (
	"a" varchar(20),
	"b" integer,
	"c" timestamp,
	"d" numeric(5,1),
	"e" integer[],
	"f" text NOT NULL
);
