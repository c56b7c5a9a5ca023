import { integer, pgSchema } from "drizzle-orm/pg-core";

export const app = pgSchema("app");
export const a = app.table("a", {
  id: integer("id").generatedAlwaysAsIdentity(),
  second: integer("Second").generatedByDefaultAsIdentity({ name: "second_seq" }),
});
