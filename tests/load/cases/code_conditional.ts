import { index, integer, pgTable, text } from "drizzle-orm/pg-core";

const production = process.env.SLUICE_TEST_NOT_SET === "production";
const maybe: string | undefined = undefined;

export const users = pgTable("users", {
  id: integer("id"),
  ...(production ? { secret: text("secret") } : { debug: text("debug") }),
  ...(maybe && { never: text("never") }),
  label: text("label").default(maybe ?? "fallback"),
}, (t) => [production ? index("prod").on(t.id) : index("dev").on(t.id), maybe && index("never").on(t.id), undefined, null, false].filter(Boolean) as any);
