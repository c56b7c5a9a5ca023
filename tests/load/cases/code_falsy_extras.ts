import { index, integer, pgTable } from "drizzle-orm/pg-core";

export const array = pgTable("array", { id: integer("id") }, (t) => [undefined, false, index("one").on(t.id), 0, ""] as any);
export const object = pgTable("object", { id: integer("id") }, (t) => ({ a: undefined, b: false, c: index("two").on(t.id) }) as any);
export const builder = pgTable("builder", { id: integer("id") }, () => [integer("x"), "text", {}] as any);
