import { index, integer, pgTable } from "drizzle-orm/pg-core";

export const none = pgTable("none", { a: integer("a") }, () => []);
export const empty = pgTable("empty", { a: integer("a") }, () => ({}));
export const nested = pgTable("nested", { a: integer("a"), b: integer("b") }, (t) => [[index("one").on(t.a), index("two").on(t.b)]] as any);
