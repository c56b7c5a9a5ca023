CREATE TABLE "docs" (
	"id" uuid PRIMARY KEY,
	"owner" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "docs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "locked" (
	"id" integer
);
--> statement-breakpoint
ALTER TABLE "locked" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "docs_owner_index" ON "docs" ("owner");--> statement-breakpoint
CREATE POLICY "own" ON "docs" AS PERMISSIVE FOR SELECT TO public USING ("docs"."owner" = current_user);--> statement-breakpoint
CREATE POLICY "write" ON "docs" AS RESTRICTIVE FOR INSERT TO "app", current_user WITH CHECK (true);