import { and, eq, gt, sql, type SQL } from "drizzle-orm";
import { check, index, integer, pgEnum, pgTable, text, uniqueIndex, vector } from "drizzle-orm/pg-core";

export const orderState = pgEnum("orderState", ["newOrder"]);
export const orderItems = pgTable("orderItems", {
  itemId: integer().generatedAlwaysAsIdentity(),
  otherId: integer("otherId").generatedByDefaultAsIdentity(),
  namedId: integer().generatedByDefaultAsIdentity({ name: "mySequence" }),
  unitPrice: integer(),
  itemCount: integer("ItemCount"),
  totalPrice: integer().generatedAlwaysAs((): SQL => sql`${orderItems.unitPrice} * ${orderItems.itemCount}`),
  orderStates: orderState().array(),
  tagList: text().array().default(["aB"]),
  imageVector: vector({ dimensions: 2 }),
}, (t) => [
  check("priceCheck", and(gt(t.unitPrice, 0), eq(t.itemCount, t.unitPrice))!),
  index().on(t.unitPrice.desc(), t.itemCount),
  uniqueIndex().on(t.totalPrice),
  index("imageIndex").using("hnsw", t.imageVector.op("vector_l2_ops")),
]);
