CREATE SCHEMA "auth";
--> statement-breakpoint
CREATE SEQUENCE "public"."seq" INCREMENT BY 2 MINVALUE 1 MAXVALUE 1000 START WITH 10 CACHE 5 CYCLE;--> statement-breakpoint
CREATE SEQUENCE "auth"."seq2" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE ROLE "app" WITH CREATEDB NOINHERIT;--> statement-breakpoint
CREATE ROLE "plain";--> statement-breakpoint
CREATE TABLE "outside"."users" (
	"id" uuid
);
--> statement-breakpoint
ALTER TABLE "outside"."users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "users" (
	"id" integer PRIMARY KEY,
	"name" text
);
--> statement-breakpoint
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE VIEW "v" WITH (check_option = local, security_invoker = true) AS (select "id", "name" from "users");--> statement-breakpoint
CREATE VIEW "auth"."v2" AS (select 1 as id);--> statement-breakpoint
CREATE MATERIALIZED VIEW "mv" USING "heap" WITH (autovacuum_enabled = false, fillfactor = 70) TABLESPACE pg_default AS (select "id" from "users") WITH NO DATA;--> statement-breakpoint
CREATE POLICY "linked" ON "outside"."users" AS PERMISSIVE FOR DELETE TO public USING (true);--> statement-breakpoint
CREATE POLICY "own" ON "users" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (false);