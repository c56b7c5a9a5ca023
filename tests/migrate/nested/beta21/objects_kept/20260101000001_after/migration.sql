CREATE TABLE "extra" (
	"id" integer
);
