DROP INDEX "alpha_i";--> statement-breakpoint
DROP INDEX "mid_i";--> statement-breakpoint
DROP INDEX "zeta_i";--> statement-breakpoint
ALTER TABLE "alpha" ALTER COLUMN "a" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "mid" ALTER COLUMN "a" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "zeta" ALTER COLUMN "a" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "alpha" ADD COLUMN "c" text;--> statement-breakpoint
ALTER TABLE "alpha" ADD COLUMN "d" integer;--> statement-breakpoint
ALTER TABLE "mid" ADD COLUMN "c" text;--> statement-breakpoint
ALTER TABLE "mid" ADD COLUMN "d" integer;--> statement-breakpoint
ALTER TABLE "zeta" ADD COLUMN "c" text;--> statement-breakpoint
ALTER TABLE "zeta" ADD COLUMN "d" integer;--> statement-breakpoint
CREATE INDEX "alpha_j" ON "alpha" USING btree ("c");--> statement-breakpoint
CREATE INDEX "mid_j" ON "mid" USING btree ("c");--> statement-breakpoint
CREATE INDEX "zeta_j" ON "zeta" USING btree ("c");--> statement-breakpoint
CREATE INDEX "alpha_i" ON "alpha" USING btree ("b");--> statement-breakpoint
CREATE INDEX "mid_i" ON "mid" USING btree ("b");--> statement-breakpoint
CREATE INDEX "zeta_i" ON "zeta" USING btree ("b");