import { sql, type SQL } from "drizzle-orm";
import { integer, pgSchema } from "drizzle-orm/pg-core";

export const app = pgSchema("app");
export const boxes = app.table("boxes", {
  width: integer().notNull(),
  height: integer().notNull(),
  area: integer().generatedAlwaysAs((): SQL => sql`${boxes.width} * ${boxes.height}`),
});
