-- Orders from before 0003 get the sums of their items; they were all made without tax.
UPDATE "orders" SET "subtotal" = "sums"."total", "total" = "sums"."total"
FROM (SELECT "order_id", sum("total") AS "total" FROM "order_items" GROUP BY "order_id") AS "sums"
WHERE "sums"."order_id" = "orders"."id" AND "orders"."total" = 0;--> statement-breakpoint
UPDATE "orders" SET "placed_at" = "created_at" WHERE "placed_at" IS NULL AND "status" <> 'draft';
