CREATE TYPE "public"."timeUnit" AS ENUM('h');--> statement-breakpoint
CREATE TYPE "public"."bit_mode" AS ENUM('x');--> statement-breakpoint
CREATE TYPE "auth"."date_kind" AS ENUM('a');--> statement-breakpoint
CREATE TABLE "auth"."t" (
	"a" "auth"."date_kind",
	"b" "timeUnit"[],
	"c" bit_mode
);
