import { customType, pgTable } from "drizzle-orm/pg-core";

const money = customType<{ data: string }>({ dataType: () => "money" });

export const prices = pgTable("prices", {
  list: money("list").array().default(["1.00", "2.00"]),
  grid: money().array(2).array(2),
});
