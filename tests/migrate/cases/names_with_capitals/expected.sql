ALTER TABLE "Order Item" ALTER COLUMN "userName" SET DATA TYPE varchar(3);--> statement-breakpoint
ALTER TABLE "Order Item" ADD COLUMN "select" text;--> statement-breakpoint
CREATE INDEX "My Index" ON "Order Item" USING btree ("select");